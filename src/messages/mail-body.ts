import type { Tone } from '../model/alert-kinds.ts';
import type { LabelledFact } from './wording.ts';
import type { Writing } from './words/writing.ts';

/** What stands in a mail, as plain text that is not yet made safe. */
export interface MailBody {
  readonly writing: Writing;
  readonly title: string;
  readonly tone: Tone;
  /** Below the title: the deal, say. */
  readonly subtitle?: string | null;
  /** What to see first after the title; lines that are empty are left out. */
  readonly strong?: string;
  readonly state?: string;
  readonly notes: readonly string[];
  /** Notes are words of our own, in which addresses may be clickable. */
  readonly notesAreOurs?: boolean;
  readonly facts: readonly LabelledFact[];
  /** What happened from day to day. */
  readonly bars?: MailBars;
  /** Lists with a heading of their own. */
  readonly sections?: readonly MailSection[];
  readonly rows: readonly MailRow[];
  readonly more: readonly string[];
  readonly link?: MailLink;
  /** Small print, each line safe as it stands. */
  readonly footer: readonly string[];
}

export interface MailRow {
  readonly title: string;
  readonly line: string;
  /** Not broken up; empty when the title says it. */
  readonly id: string;
  /** Null where there is no way to it. */
  readonly link: string | null;
}

export interface MailBars {
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    /** The numbers in words: nobody has to read a bar. */
    readonly text: string;
    readonly good: number;
    readonly bad: number;
  }[];
}

export interface MailSection {
  readonly title: string;
  readonly lines: readonly string[];
  readonly facts: readonly LabelledFact[];
}

export interface MailLink {
  readonly text: string;
  readonly url: string;
}
