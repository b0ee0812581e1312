import type { Instant } from '../base/instant.ts';
import type { Alert, AlertKind, EscalationStep, Severity } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Channel } from '../model/channel.ts';
import type { Expiry } from '../model/referral.ts';
import { deadlineInWords } from './deadline.ts';
import {
  countryInWords,
  customerOf,
  dealOf,
  line,
  moneyInWords,
  namesInWords,
  personInWords,
  qualificationInWords,
  sortOf,
  titleOf,
} from './facts.ts';
import { shown, shownId } from './text.ts';
import type { CardView } from './view.ts';
import type { Answer, DigestKind, Words } from './words/words.ts';

/** What one alert says, in plain text. Cards and mails make it safe each in their own way. */
export interface Wording {
  readonly customer: string;
  readonly deal: string | null;
  /** Customer and deal. */
  readonly title: string;
  /** What it is worth and until when to answer, or how it ended; may be empty. */
  readonly headline: string;
  /** What happened or is due, and the time left. */
  readonly state: string;
  /** What the reader must know beside the facts: why it is urgent, who has it, what is in doubt. */
  readonly notes: readonly string[];
  readonly facts: readonly LabelledFact[];
  /** What to look for where the link opens the list; null when it opens the referral. */
  readonly search: string | null;
  /** Why the reader sees this. */
  readonly why: string;
  /** By which rules it came here; null without any. */
  readonly rule: string | null;
  /** The exact expiry, for the small print. */
  readonly exact: string;
  /** The referral's id, to be searched for: not broken up. */
  readonly id: string;
}

export interface LabelledFact {
  readonly label: string;
  readonly value: string;
  /** An id, to be searched for: not broken up. */
  readonly id?: true;
}

export function wordingOf(
  alert: Alert,
  now: Instant,
  view: CardView,
  audience: Channel['audience'] = 'sales',
): Wording {
  const { words, timeZone } = view;
  return {
    customer: customerOf(alert.facts, words),
    deal: dealOf(alert.facts),
    title: titleOf(alert.facts, words),
    headline: headlineOf(alert, now, view),
    state: line(words, stateOf(alert, words), isExit(alert) ? null : leftInWords(alert.expiry.at, now, view)),
    notes: notesOf(alert, now, view),
    facts: factsOf(alert, words),
    search: searchOf(alert, view),
    why: words.alert.why[alert.kind](audience),
    rule: ruleOf([alert], words),
    exact: words.facts.expires(
      words.forms.exact(alert.expiry.at, timeZone),
      alert.expiry.source === 'estimated',
      isExit(alert),
    ),
    id: shownId(alert.referralId),
  };
}

/** The time that is left, or that the time is over. */
export function leftInWords(
  expiry: Instant,
  now: Instant,
  { words, workingDaysLeft }: Pick<CardView, 'words' | 'workingDaysLeft'>,
): string {
  const { alert, forms } = words;
  if (!(expiry > now)) return alert.noTimeLeft();
  const duration = forms.duration(expiry - now);
  const days = workingDaysLeft?.(now, expiry) ?? null;
  return days === null ? alert.timeLeft(duration) : alert.timeLeftWorking(duration, days);
}

/** How it was answered: in a word of ours, else in Partner Center's. */
export function answerOf({ exit, exitWord }: Pick<Alert, 'exit' | 'exitWord'>): Answer {
  const word = shown(exitWord ?? '', 40);
  if (word !== '') return { word };
  return exit === null || exit === 'expired' || exit === 'gone' ? 'accepted' : exit;
}

/** What an alert counts as where many are told at once. */
export function digestKindOf({
  kind,
  step,
}: {
  readonly kind: AlertKind;
  readonly step: EscalationStep | null;
}): DigestKind {
  return kind === 'escalation' ? severityOf(step) : kind;
}

function severityOf(step: EscalationStep | null): Severity {
  return step?.severity ?? 'reminder';
}

/** The exact expiry and whether it is our estimate. */
export function expiryInWords(expiry: Expiry, { words, timeZone }: Pick<CardView, 'words' | 'timeZone'>): string {
  return words.facts.exact(words.forms.exact(expiry.at, timeZone), expiry.source === 'estimated');
}

/** What happened, or what is due. */
export function stateOf(alert: Alert, words: Words): string {
  const { state } = words.alert;
  const sort = sortOf(alert.facts.type);
  const states: Record<AlertKind, () => string> = {
    new: () => state.new(sort),
    escalation: () => state.escalation(sort, severityOf(alert.step), alert.firstTold),
    answered: () => state.answered(sort, answerOf(alert)),
    expired: () => state.expired(sort),
    gone: () => state.gone(sort),
  };
  return states[alert.kind]();
}

/** What it is worth and until when to answer, or how it ended; may be empty. */
export function headlineOf(alert: Alert, now: Instant, view: CardView): string {
  const { words, timeZone } = view;
  const { alert: say, forms } = words;
  const money = moneyInWords(alert.facts.value, words);
  const expiry = alert.expiry.at;
  const pending = () => line(words, money, deadlineInWords(expiry, now, view));
  const headlines: Record<AlertKind, () => string> = {
    new: pending,
    escalation: pending,
    answered: () =>
      line(
        words,
        money,
        alert.firstSeenAt === null ? null : say.answeredAfter(forms.duration(now - alert.firstSeenAt)),
      ),
    expired: () =>
      line(words, money === null ? null : say.valueLost(money), say.expiredOn(forms.moment(expiry, timeZone))),
    gone: () => line(words, money),
  };
  return headlines[alert.kind]();
}

function factsOf(alert: Alert, words: Words): LabelledFact[] {
  if (isExit(alert)) return [];
  const { facts } = alert;
  const { label } = words.facts;
  return [
    ...given(label.country(), countryInWords(facts.country, words)),
    ...given(label.solution(), namesInWords(facts.solutions, words)),
    ...given(label.qualification(), qualificationInWords(facts.qualification, words)),
    ...given(label.request(), facts.customerRequestedContact ? words.facts.asksForContact() : null),
  ];
}

/** A fact when there is something to say, else none. */
export function given(label: string, value: string | null): LabelledFact[] {
  return value === null || value === '' ? [] : [{ label, value }];
}

/** Doubts about the message or its dates: words of ours, in any form of it. */
export function doubtsOf(alert: Alert, { words: { notes, forms }, timeZone }: CardView): string[] {
  const { unconfirmedSince, movedFrom } = alert;
  const since = unconfirmedSince === null ? null : forms.exact(unconfirmedSince, timeZone);
  const ends = isExit(alert);
  return [
    since === null ? null : ends ? notes.expiredUnconfirmed(since) : notes.unconfirmedSince(since),
    !ends && alert.datePassed ? notes.datePassed() : null,
    movedFrom === null ? null : notes.movedFrom(forms.moment(movedFrom, timeZone)),
    !ends && alert.createdUnsure ? notes.createdUnsure() : null,
    !ends && alert.factsUnknown ? notes.factsUnknown() : null,
    alert.mayBeRepeat ? notes.mayBeRepeat() : null,
  ].filter(note => note !== null);
}

function notesOf(alert: Alert, now: Instant, view: CardView): string[] {
  const { alert: say, notes } = view.words;
  const urgency = () => (alert.expiry.at > now ? say.urgency[severityOf(alert.step)](sortOf(alert.facts.type)) : null);
  const own: Record<AlertKind, () => readonly (string | null)[]> = {
    new: () => [],
    escalation: () => [urgency(), alert.firstTold ? notes.isNew() : null],
    answered: () => [],
    expired: () => [alert.nobodyTold ? notes.nobodyTold() : notes.wasTold()],
    gone: () => [],
  };
  return [...own[alert.kind](), claimOf(alert, view), dutyOf(alert, view), ...doubtsOf(alert, view)].filter(
    note => note !== null,
  );
}

function claimOf({ kind, claim, expiry }: Alert, { words, timeZone }: CardView): string | null {
  if (!claim || isExit({ kind })) return null;
  // It can promise nothing beyond the expiry.
  const until = words.forms.moment(Math.min(claim.until, expiry.at), timeZone);
  return words.notes.claimedBy(personInWords(claim.name, words), until);
}

/** Who is on call now, for what is critical. */
export function dutyOf({ onDuty }: Pick<Alert, 'onDuty'>, { words, timeZone }: CardView): string | null {
  if (onDuty.length === 0) return null;
  return words.notes.onDuty(
    onDuty.map(({ name, address, until }) => ({
      name: personInWords(name ?? address.split('@')[0] ?? '', words),
      until: words.forms.moment(until, timeZone),
    })),
  );
}

/** The rules by which these came here. */
export function ruleOf(alerts: readonly Pick<Alert, 'route'>[], words: Words): string | null {
  const names = [...new Set(alerts.flatMap(({ route }) => route ?? []))];
  return names.length === 0 ? null : words.facts.rule(shown(words.forms.items(names), 200));
}

function searchOf({ referralId, engagementId, facts }: Alert, view: CardView): string | null {
  if (view.linkFor(referralId, engagementId)?.opensList !== true) return null;
  return view.words.link.searchFor(shown(facts.customer ?? '', 120) || shownId(referralId));
}

/** The small print: what to search for, why the reader sees this, the exact expiry and the id, which is not broken up. */
export function smallPrint(
  { search, why, rule, exact, id }: Pick<Wording, 'search' | 'why' | 'rule' | 'exact' | 'id'>,
  words: Words,
  safe: (text: string) => string,
): string[] {
  const lines = [search, why, rule, exact].filter(line => line !== null);
  return [...lines.map(safe), words.facts.referralId(id)];
}
