import type { Language } from '../../model/language.ts';
import type { Words } from './words.ts';

const CATALOGUES: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
  nl: async () => (await import('./nl.ts')).nl,
  pl: async () => (await import('./pl.ts')).pl,
  tr: async () => (await import('./tr.ts')).tr,
  ja: async () => (await import('./ja.ts')).ja,
};

/** The catalogue of a language. Only the one that is asked for is loaded: a start pays for no other. */
export function wordsIn(language: Language): Promise<Words> {
  return CATALOGUES[language]();
}
