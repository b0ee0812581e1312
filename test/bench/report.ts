/** A figure beside the floor measured in the same run. */
export interface Row {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What the figure is held against; null when it stands for itself. */
  readonly floor: number | null;
  /** What the floor is. */
  readonly against?: string;
}

export interface Target {
  readonly name: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly targets: readonly Target[];
  readonly notes?: readonly string[];
}

export function atMost(name: string, value: number, limit: number, unit: string, wanted?: string): Target {
  return { name, wanted: wanted ?? `<= ${limit}${unit}`, measured: `${round(value)}${unit}`, met: value <= limit };
}

export function atLeast(name: string, value: number, limit: number, unit: string): Target {
  return { name, wanted: `>= ${limit}${unit}`, measured: `${round(value)}${unit}`, met: value >= limit };
}

export function exactly(name: string, value: number | string, wanted: number | string): Target {
  return { name, wanted: `exactly ${wanted}`, measured: String(value), met: value === wanted };
}

function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

export function ratioOf({ figure, floor }: Row): number | null {
  return floor === null || floor === 0 ? null : figure / floor;
}

/** A section as Markdown tables, the same as stand in docs/performance.md. */
export function printSection({ title, rows, targets, notes = [] }: Section): string {
  const lines = [`## ${title}`, ''];
  if (rows.length > 0) lines.push('| figure | measured | floor | ratio |', '| --- | ---: | ---: | ---: |');
  for (const row of rows) {
    const { name, figure, unit, floor, against } = row;
    const ratio = ratioOf(row);
    const held = floor === null ? '' : `${round(floor)} ${unit}${against ? ` (${against})` : ''}`;
    lines.push(`| ${name} | ${round(figure)} ${unit} | ${held} | ${ratio === null ? '' : round(ratio)} |`);
  }
  if (targets.length > 0) {
    lines.push('', '| target | wanted | measured | |', '| --- | --- | ---: | --- |');
    for (const { name, wanted, measured, met } of targets) {
      lines.push(`| ${name} | ${wanted} | ${measured} | ${met ? 'met' : '**not met**'} |`);
    }
  }
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}
