import {
  type Expression,
  evaluate,
  expect,
  type Row,
  readExpression,
  scalar,
  tokensOf,
  type Value,
} from './kql-expression.ts';

/**
 * A small part of the Kusto query language, enough to run the queries of alarms and workbook over rows in memory:
 * where, extend, project, summarize … by, order by; ==, !=, <, >, has, in, and, or, + - * /; the functions and
 * aggregates below. Not covered: joins, unions, let, time ranges (the caller gives the rows of the window), term
 * boundaries of `has`, and the service's own conversions between types. Anything else is an error, never a guess.
 */
export function runKql(query: string, tables: Readonly<Record<string, readonly Row[]>>): Row[] {
  const [source = '', ...steps] = query
    .split('\n')
    .filter(line => !line.trim().startsWith('//'))
    .join('\n')
    .split('|')
    .map(part => part.trim());
  const rows = tables[source];
  if (!rows) throw new Error(`no table ${source}`);
  return steps.reduce<Row[]>((current, step) => runStep(step, current), [...rows]);
}

function runStep(step: string, rows: Row[]): Row[] {
  const [operator = ''] = step.split(/\s/, 1);
  const tokens = tokensOf(step.slice(operator.length));
  const done = (result: Row[]) => {
    if (tokens.length > 0) throw new Error(`not in the subset: ${tokens.join(' ')}`);
    return result;
  };
  switch (operator) {
    case 'where': {
      const condition = readExpression(tokens);
      return done(rows.filter(row => evaluate(condition, row) === true));
    }
    case 'extend': {
      const columns = readColumns(tokens);
      // all of one extend see the row as it was before
      return done(rows.map(row => ({ ...row, ...valuesOf(columns, row) })));
    }
    case 'project': {
      const columns = readColumns(tokens);
      return done(rows.map(row => valuesOf(columns, row)));
    }
    case 'order':
      expect(tokens, 'by');
      return done(sorted(rows, readKeys(tokens)));
    case 'summarize': {
      const aggregates = readColumns(tokens);
      const keys = tokens.splice(0, 1)[0] === 'by' ? readColumns(tokens) : [];
      return done(summarize(rows, aggregates, keys));
    }
    default:
      throw new Error(`not in the subset: ${operator}`);
  }
}

interface Column {
  readonly name: string;
  readonly expression: Expression;
}

function readColumns(tokens: string[]): Column[] {
  const columns: Column[] = [];
  do {
    const expression = readExpression(tokens);
    if (tokens[0] === '=' && expression.kind === 'name') {
      tokens.shift();
      columns.push({ name: expression.name, expression: readExpression(tokens) });
    } else columns.push({ name: nameOf(expression), expression });
  } while (tokens[0] === ',' && tokens.shift());
  return columns;
}

/** An unnamed column is called after what it is made of. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  const [first] = expression.kind === 'call' ? expression.args : [];
  if (first?.kind === 'name') return first.name;
  throw new Error('a column needs a name');
}

function valuesOf(columns: readonly Column[], row: Row): Row {
  return Object.fromEntries(columns.map(({ name, expression }) => [name, evaluate(expression, row)]));
}

function readKeys(tokens: string[]): { name: string; down: boolean }[] {
  const keys: { name: string; down: boolean }[] = [];
  do {
    const expression = readExpression(tokens);
    const direction = tokens[0] === 'asc' || tokens[0] === 'desc' ? tokens.shift() : 'desc';
    keys.push({ name: nameOf(expression), down: direction === 'desc' });
  } while (tokens[0] === ',' && tokens.shift());
  return keys;
}

function sorted(rows: Row[], keys: { name: string; down: boolean }[]): Row[] {
  return rows.toSorted((a, b) => {
    for (const { name, down } of keys) {
      const [x, y] = [scalar(a[name] ?? null), scalar(b[name] ?? null)];
      if (x === y || x === null || y === null) continue;
      return x < y === down ? 1 : -1;
    }
    return 0;
  });
}

function summarize(rows: Row[], aggregates: readonly Column[], keys: readonly Column[]): Row[] {
  const groups = new Map<string, { key: Row; rows: Row[] }>();
  if (keys.length === 0) groups.set('[]', { key: {}, rows });
  for (const row of keys.length === 0 ? [] : rows) {
    const key = valuesOf(keys, row);
    const id = JSON.stringify(Object.values(key));
    const group = groups.get(id) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  return [...groups.values()].map(group => ({
    ...group.key,
    ...Object.fromEntries(aggregates.map(({ name, expression }) => [name, aggregate(expression, group.rows)])),
  }));
}

function aggregate(expression: Expression, rows: readonly Row[]): Value {
  if (expression.kind !== 'call') throw new Error('summarize takes aggregates');
  const [first, second] = expression.args;
  const values = first ? rows.map(row => evaluate(first, row)) : [];
  const present = values.filter(value => value !== null);
  const numbers = present.map(value => Number(scalar(value)));
  const back = (value: number): Value => {
    if (numbers.length === 0) return null;
    return present[0] instanceof Date ? new Date(value) : value;
  };
  switch (expression.name) {
    case 'count':
      return rows.length;
    case 'countif':
      return values.filter(value => value === true).length;
    case 'sum':
      return numbers.reduce((total, value) => total + value, 0);
    case 'sumif':
      return rows.reduce((total, row) => {
        if (!first || !second || evaluate(second, row) !== true) return total;
        return total + Number(scalar(evaluate(first, row)) ?? 0);
      }, 0);
    case 'min':
      return back(Math.min(...numbers));
    case 'max':
      return back(Math.max(...numbers));
    case 'percentile': {
      const share = second?.kind === 'value' ? Number(second.value) : 50;
      const place = Math.max(0, Math.ceil((numbers.length * share) / 100) - 1);
      return numbers.toSorted((a, b) => a - b)[place] ?? null;
    }
    default:
      throw new Error(`not in the subset: ${expression.name}()`);
  }
}
