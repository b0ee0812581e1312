import { nearest } from '../base/nearest.ts';

/** A word of the rules as a problem may show it. What may be an address of a flow or a person is not repeated. */
export function shown(word: unknown): string {
  if (typeof word !== 'string') return 'a value that is no text';
  return /[/@]/.test(word) || word.length > 60 ? 'something that looks like an address' : `"${word}"`;
}

/** ` Did you mean "x"?` with the known word that is nearest; nothing when none is near. */
export function didYouMean(word: unknown, known: readonly string[]): string {
  const near = typeof word === 'string' ? nearest(word, known) : null;
  return near === null ? '' : `; did you mean "${near}"?`;
}

/** A single value is a list of one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** An object that is no list; null for everything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

/** What keeps the rules from being read; says each thing of its rule. */
export type Fault = (message: string) => void;

/** A fault for each key that nothing reads. */
export function refuseUnknown(record: object, where: string, known: readonly string[], fault: Fault): void {
  for (const key of Object.keys(record)) {
    if (!known.includes(key)) fault(`has ${shown(key)}${where}, which no rule has${didYouMean(key, known)}`);
  }
}
