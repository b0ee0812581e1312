import type { Instant } from '../base/instant.ts';
import { exitKind } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { dateLabel } from './card-parts.ts';
import { channelInWords } from './channel-name.ts';
import { personInWords } from './facts.ts';
import { clean } from './text.ts';
import type { CardView } from './view.ts';
import { answerOf, type LabelledFact } from './wording.ts';
import type { DeliveryWord, Words } from './words/words.ts';

/** What we know of how a referral went. */
export type History = Pick<Checkpoint, 'deliveries' | 'deeds' | 'exit' | 'exitAt' | 'exitWord' | 'closedAt'> & {
  /** Absent where it was never seen. */
  readonly firstSeenAt?: Instant;
};

/** What has happened to it, oldest first: how it began, and the latest of what followed. Empty when nothing is known. */
export function historyFacts(known: History, most: number, view: CardView): LabelledFact[] {
  const { words, timeZone } = view;
  const events = [...beginning(known, words), ...toldEvents(known, view), ...deedEvents(known, words)];
  const all = [...events, ...ending(known, words)].toSorted((a, b) => a.at - b.at);
  const shown = all.length > most ? [...all.slice(0, 1), ...all.slice(1 - most)] : all;
  return shown.map(({ at, text }) => ({ label: dateLabel(words.forms.moment(at, timeZone)), value: text }));
}

interface Event {
  readonly at: Instant;
  readonly text: string;
}

function beginning({ firstSeenAt }: History, { detail }: Words): Event[] {
  return firstSeenAt === undefined ? [] : [{ at: firstSeenAt, text: detail.happened.firstSeen() }];
}

function toldEvents({ deliveries }: History, view: CardView): Event[] {
  const { words } = view;
  const inOrder = deliveries.toSorted((a, b) => a.at - b.at || (a.channel < b.channel ? -1 : 1));
  return inOrder.map(({ alert, channel, state, at }) => {
    const standing = words.detail.standing[state as DeliveryWord]?.() ?? clean(state, 20);
    return { at, text: words.forms.items([toldInWords(alert, words), channelInWords(channel, view), standing]) };
  });
}

function deedEvents({ deeds = [] }: History, words: Words): Event[] {
  const { happened } = words.detail;
  return deeds.map(({ what, at, name, holder }) => {
    const who = personInWords(name, words);
    const isForOther = what === 'released' && holder !== undefined;
    return { at, text: isForOther ? happened.releasedFor(who, personInWords(holder, words)) : happened[what](who) };
  });
}

function ending({ exit, exitAt, exitWord, closedAt }: History, { detail: { happened } }: Words): Event[] {
  const at = exitAt ?? closedAt;
  if (!exit || at === undefined) return [];
  const kind = exitKind(exit);
  const text =
    kind === 'answered' ? happened.answered(answerOf({ exit, exitWord: exitWord ?? null })) : happened[kind]();
  return [{ at, text }];
}

const UNITS = { d: 'day', h: 'hour', m: 'minute' } as const;

/** The name that a delivery is kept under, in words: `escalation:24h` → `24 hours before expiry`. */
function toldInWords(alert: string, { detail, forms }: Words): string {
  const step = /^escalation:(\d{1,6})([dhm])$/.exec(alert);
  if (step) return detail.told.escalation(forms.units(Number(step[1]), UNITS[step[2] as keyof typeof UNITS]));
  if (alert === 'new' || alert === 'answered' || alert === 'expired' || alert === 'gone') return detail.told[alert]();
  return clean(alert, 40);
}
