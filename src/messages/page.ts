import type { Alert } from '../model/alert.ts';
import type { Message } from '../model/channel.ts';
import { digestLine } from './digest-card.ts';
import { titleOf } from './facts.ts';
import { openWords } from './link.ts';
import { isPlain, plainOf, sampleLead } from './message.ts';
import { plainLine } from './plain.ts';
import { shown, unlinked } from './text.ts';
import type { CardView } from './view.ts';
import { digestKindOf, expiryInWords, leftInWords, wordingOf } from './wording.ts';

/** What a pager shows of a message. Plain text in which nothing can be clicked but the links. */
export interface Page {
  readonly summary: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly details: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

const MOST_LINKS = 20;

/** The page of any message that still wants an answer, in its plainest form when it asks for that. */
export function pageOf(message: Message, view: CardView): Page {
  const page = isPlain(message) ? plainPage(message, view) : wordedPage(message, view);
  return {
    ...page,
    summary: unlinked(page.summary),
    details: Object.fromEntries(
      Object.entries(page.details).map(([label, value]) => [unlinked(label), unlinked(value)]),
    ),
  };
}

function wordedPage(message: Message, view: CardView): Page {
  switch (message.kind) {
    case 'alert':
      return alertPage(message.alert, message.now, view);
    case 'test': {
      const { words } = view;
      const { alert } = sampleLead(message, words);
      return { ...alertPage(alert, message.now, view), summary: words.sample.note(), severity: 'info', details: {} };
    }
    case 'digest':
      return {
        summary: view.words.page.digest(message.total, digestKindOf(message.of)),
        severity: severityOf(message.of),
        details: Object.fromEntries(
          message.rows.map(row => [
            row.referralId,
            `${titleOf(row.facts, view.words)} · ${digestLine(row, message.now, view)}`,
          ]),
        ),
        links: linksTo(message.rows, view),
      };
    case 'last-resort':
    case 'summary':
    case 'report':
      return plainPage(message, view);
  }
}

function alertPage(alert: Alert, now: number, view: CardView): Page {
  const { words } = view;
  const { page, facts } = words;
  const { notes, facts: labelled } = wordingOf(alert, now, view);
  return {
    summary: page.summary(shown(titleOf(alert.facts, words), 200), leftInWords(alert.expiry.at, now, view)),
    severity: severityOf(alert),
    details: {
      ...Object.fromEntries(labelled.map(({ label, value }) => [label, value])),
      [facts.label.expires()]: expiryInWords(alert.expiry, view),
      [facts.label.referral()]: alert.referralId,
      ...(notes.length > 0 ? { [page.notes()]: words.forms.sentences(notes) } : {}),
    },
    links: linksTo([alert], view),
  };
}

function plainPage(message: Message, view: CardView): Page {
  const { words } = view;
  const { title, notes, rows } = plainOf(message, view);
  const single = rows.length === 1 ? rows[0] : undefined;
  return {
    summary: single ? `${title} · ${plainLine(single, view).expires}` : title,
    severity:
      message.kind === 'alert'
        ? severityOf(message.alert)
        : message.kind === 'digest'
          ? severityOf(message.of)
          : 'critical',
    details: {
      ...Object.fromEntries(rows.map(row => [row.referralId, plainLine(row, view).expires])),
      ...(notes.length > 0 ? { [words.page.notes()]: words.forms.sentences(notes) } : {}),
    },
    links: linksTo(rows, view),
  };
}

function severityOf({ step }: Pick<Alert, 'step'>): Page['severity'] {
  return step?.severity === 'critical' ? 'critical' : 'warning';
}

function linksTo(rows: readonly Pick<Alert, 'referralId' | 'engagementId'>[], view: CardView): Page['links'] {
  return rows.slice(0, MOST_LINKS).flatMap(({ referralId, engagementId }) => {
    const link = view.linkFor(referralId, engagementId);
    return link ? [{ href: link.url, text: openWords(link, view.words) }] : [];
  });
}
