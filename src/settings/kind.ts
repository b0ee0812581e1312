import * as z from 'zod/mini';

/** Why a text will not do, where more can be said than what is allowed. It holds no value of a setting. */
export class Wrong {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** A kind of setting: reads the text or says what is allowed. What it says never repeats the text. */
export function kind<T>(allowed: string, read: (text: string) => T | Wrong | null) {
  return z.pipe(
    z.string(),
    z.transform((text, context): T => {
      const value = read(text);
      const why = value instanceof Wrong ? value.why : allowed;
      if (value !== null && !(value instanceof Wrong)) return value;
      context.issues.push({ code: 'custom', message: why, input: text });
      return z.NEVER;
    }),
  );
}
