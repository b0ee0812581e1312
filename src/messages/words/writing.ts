import type { Forms } from './forms.ts';

/** How a language is written, apart from its words. */
export interface Writing {
  /** BCP 47, for the `lang` of a mail. */
  readonly language: string;
  /** Font families of a mail, as CSS: ones that Outlook has, with all letters of the language. */
  readonly fonts: string;
  readonly forms: Forms;
}

/** Has every Latin letter. */
export const SEGOE = "'Segoe UI',system-ui,sans-serif";
