/** Most of a text that a column takes: 32,768 UTF-16 units less what is kept free. */
const LONGEST = 30_000;
/** Columns that one text may fill. A row takes 1 MiB in all. */
const MOST_COLUMNS = 12;

/** A text in one column, or spread over as many as it needs: `name`, `name2`, `name3`. */
export function spread(name: string, text: string): Record<string, string> {
  const columns: Record<string, string> = {};
  for (let start = 0, count = 1; count === 1 || start < text.length; start += LONGEST, count += 1) {
    columns[columnName(name, count)] = text.slice(start, start + LONGEST);
  }
  return columns;
}

/** The text that was spread. */
export function joined(name: string, row: Readonly<Record<string, unknown>>): string | undefined {
  const first = row[name];
  if (typeof first !== 'string') return undefined;
  let text = first;
  for (let count = 2; count <= MOST_COLUMNS; count += 1) {
    const more = row[columnName(name, count)];
    if (typeof more !== 'string') break;
    text += more;
  }
  return text;
}

function columnName(name: string, count: number): string {
  return count === 1 ? name : `${name}${count}`;
}

/** At most so much of a text, never half a sign. */
export function cut(text: string, most: number): string {
  return (text.length <= most ? text : text.slice(0, most)).toWellFormed();
}

/** JSON in which no text is longer, and no list holds more. */
export function boundedJson(value: unknown, mostSigns: number, mostItems = 50): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'string') return cut(item, mostSigns);
    return Array.isArray(item) && item.length > mostItems ? item.slice(0, mostItems) : item;
  });
}

/** What is in a column of JSON; undefined when it is none, or not what was expected. */
export function jsonIn<T>(text: string | undefined, isGood: (value: unknown) => boolean): T | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isGood(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
