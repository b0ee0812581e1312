import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import { type Alert, NOTHING_ELSE } from '../model/alert.ts';
import type { AlertMessage, Message, SampleMessage } from '../model/channel.ts';
import type { PlainMessage } from './plain.ts';
import { countsInWords, doubtsOfReport, spanInWords } from './report.ts';
import { doubtsOfSummary } from './summary.ts';
import type { CardView } from './view.ts';
import { digestKindOf, doubtsOf } from './wording.ts';
import type { Words } from './words/words.ts';

/** The plainest form of a message; also the only form of the last resort. */
export function plainOf(message: Message, view: CardView): PlainMessage {
  const { words } = view;
  const { notes, plain, lastResort, digest } = words;
  switch (message.kind) {
    case 'alert': {
      const { alert } = message;
      return {
        title: plain.title(digestKindOf(alert)),
        notes: doubtsOf(alert, view),
        rows: [alert],
        total: 1,
        why: plain.why(),
      };
    }
    case 'digest': {
      const { total, rows } = message;
      const doubts = message.mayBeRepeat ? [notes.mayBeRepeat()] : [];
      return { title: digest.title(total, digestKindOf(message.of)), notes: doubts, rows, total, why: plain.why() };
    }
    case 'last-resort': {
      const { rows, why } = message;
      const note = why === 'untold' ? lastResort.untold() : lastResort.blind();
      return {
        title: lastResort.title(rows.length),
        notes: [note],
        rows,
        total: rows.length,
        why: lastResort.why(),
      };
    }
    case 'summary': {
      const { total, rows } = message;
      const notes = doubtsOfSummary(message, view);
      return { title: words.summary.title(total), notes, rows, total, why: plain.why() };
    }
    case 'report': {
      const { report } = message;
      const said = [spanInWords(report, view), countsInWords(report, words)];
      const notes = [...said, ...doubtsOfReport(message, view)];
      return { title: words.report.title(), notes, rows: [], total: 0, why: plain.why() };
    }
    case 'test': {
      const { alert } = sampleLead(message, words);
      return {
        title: plain.title('new'),
        notes: [words.sample.note()],
        rows: [alert],
        total: 1,
        why: words.sample.why(),
      };
    }
  }
}

/** Whether a message goes out as text and links only. */
export function isPlain(message: Message): boolean {
  return message.kind === 'last-resort' || message.plainest === true;
}

/** What a channel is tried with: it looks like a lead that expires in six days, and says that it is none. */
export function sampleMessage(now: Instant): SampleMessage {
  return { kind: 'test', key: `test/${now}`, now };
}

/** The made-up lead of a test. */
export function sampleLead({ key, now }: SampleMessage, words: Words): AlertMessage {
  const alert: Alert = {
    ...NOTHING_ELSE,
    kind: 'new',
    referralId: '00000000-0000-0000-0000-000000000000',
    engagementId: null,
    step: null,
    expiry: { at: now + 6 * DAY, source: 'reported' },
    firstSeenAt: now,
    exit: null,
    exitWord: null,
    claim: null,
    facts: {
      customer: words.sample.customer(),
      deal: words.sample.deal(),
      country: null,
      value: { amount: 1000, currency: 'USD' },
      type: 'Independent',
      solutions: [],
      qualification: null,
      customerRequestedContact: false,
    },
  };
  return { kind: 'alert', key, now, alert };
}
