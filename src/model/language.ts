/** What `ALERT_LANGUAGE` may be, as ISO 639-1. One more means a catalogue in messages/words/. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'nl', 'pl', 'tr', 'ja'] as const;

/** The language that sales, on-call and managers read. */
export type Language = (typeof LANGUAGES)[number];
