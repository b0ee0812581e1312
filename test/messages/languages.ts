import type { Words } from '../../src/messages/words/words.ts';
import { wordsIn } from '../../src/messages/words/words-in.ts';
import { LANGUAGES, type Language } from '../../src/model/language.ts';

/** Every catalogue there is. */
export const CATALOGUES = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async language => [language, await wordsIn(language)])),
) as Record<Language, Words>;

type Phrase = (...facts: readonly unknown[]) => unknown;

/** The phrases of a catalogue under their paths: `alert.subject.new`. What `Intl` writes is not among them. */
export function phrasesOf(words: Words): ReadonlyMap<string, Phrase> {
  const { forms: _forms, ...said } = words;
  return new Map(phrasesIn(said, ''));
}

function phrasesIn(node: unknown, path: string): [string, Phrase][] {
  if (typeof node === 'function') return [[path, node as Phrase]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => phrasesIn(value, path === '' ? key : `${path}.${key}`));
}
