import type { AlertKind, Severity } from '../../model/alert.ts';
import type { Exit } from '../../model/exit.ts';
import type { Writing } from './writing.ts';

/** What a referral is called: a lead, a co-sell opportunity, or just a referral when its type says neither. */
export type Sort = 'lead' | 'co-sell' | 'referral';

/** A word of Partner Center's own for which a language has a better one; anything else is shown as it came. */
export type Qualification = 'direct' | 'marketing' | 'sales';

/** How a referral was answered, in a word of ours or in Partner Center's own. */
export type Answer = Exclude<Exit, 'expired' | 'gone'> | { readonly word: string };

/** A channel as people know it. `name` is the name it was set up or bound with. */
export interface ChannelName {
  readonly by: 'teams' | 'email' | 'pager' | 'bot';
  readonly audience: 'sales' | 'on-call' | 'operator';
  readonly name: string | null;
}

/** Where a delivery stands, as far as there is a word for it. */
export type DeliveryWord = 'sending' | 'accepted' | 'delivered' | 'retry' | 'doubtful' | 'rejected' | 'refused';

/**
 * All that sales, on-call and managers read, in one language: every phrase is a function of its facts, so that each
 * language orders and inflects as it must. Names, dates, amounts and durations come in as text that is ready to be
 * shown; the result is plain text, which cards and mails make safe in their own way.
 *
 * Operator messages, commands of the shell, command words of the bot, names of rules and codes of the API are not in here.
 */
export interface Words extends Writing {
  readonly lead: LeadWords;
  readonly alert: AlertWords;
  readonly notes: NoteWords;
  readonly facts: FactWords;
  readonly link: LinkWords;
  readonly digest: DigestWords;
  readonly plain: PlainWords;
  readonly lastResort: LastResortWords;
  readonly summary: SummaryWords;
  readonly report: ReportWords;
  readonly sample: SampleWords;
  readonly page: PageWords;
  readonly detail: DetailWords;
  readonly bot: BotWords;
}

export interface LeadWords {
  /** As the first item of a line. */
  sort(sort: Sort): string;
  /** Stands for a customer without a name. */
  unnamed(): string;
  /** Customer and deal in one line. */
  titled(customer: string, deal: string): string;
}

/** Each of these is a line, or one item of a line whose items are separated by dots. */
export interface AlertWords {
  readonly state: {
    readonly new: (sort: Sort) => string;
    escalation(sort: Sort, severity: Severity, isNew: boolean): string;
    answered(sort: Sort, answer: Answer): string;
    expired(sort: Sort): string;
    /** Partner Center no longer shows it. */
    gone(sort: Sort): string;
  };
  /** What happens when nobody answers in time; null where it is too early to say so. */
  readonly urgency: Record<Severity, (sort: Sort) => string | null>;
  /** May be answered until that day is over. */
  answerByEndOf(day: string): string;
  answerBy(moment: string): string;
  expiryWas(moment: string): string;
  timeLeft(duration: string): string;
  /** Counts today as long as some of its working time is left; may be none. */
  timeLeftWorking(duration: string, workingDays: number): string;
  noTimeLeft(): string;
  answeredAfter(duration: string): string;
  valueLost(money: string): string;
  expiredOn(moment: string): string;
  readonly why: Record<AlertKind, (audience: 'sales' | 'on-call') => string>;
  readonly subject: {
    readonly new: (customer: string, deal: string | null, left: string) => string;
    /** `shortLeft`: null when the expiry has passed. */
    escalation(customer: string, deal: string | null, shortLeft: string | null, isNew: boolean): string;
    answered(customer: string, answer: Answer): string;
    expired(customer: string): string;
    gone(customer: string): string;
  };
}

/** What the reader must know beside the facts. */
export interface NoteWords {
  mayBeRepeat(): string;
  isNew(): string;
  unconfirmedSince(moment: string): string;
  /** An expiry whose referral might have been answered for all we know. */
  expiredUnconfirmed(moment: string): string;
  movedFrom(moment: string): string;
  datePassed(): string;
  createdUnsure(): string;
  /** A summary or report that could not be told at its time. */
  late(due: string): string;
  nobodyTold(): string;
  wasTold(): string;
  claimedBy(name: string, until: string): string;
  /** Who is on call, each until when. */
  onDuty(people: readonly { readonly name: string; readonly until: string }[]): string;
  /** What the rules ask about could not be read, so it came to those who take everything else. */
  factsUnknown(): string;
  /** Stands for a colleague without a name. */
  someColleague(): string;
}

export interface FactWords {
  readonly label: Record<
    | 'value'
    | 'country'
    | 'solution'
    | 'qualification'
    | 'request'
    | 'place'
    | 'size'
    | 'invitedBy'
    | 'created'
    | 'expires'
    | 'expired'
    | 'expiryDate'
    | 'referral'
    | 'engagement'
    | 'claimed',
    () => string
  >;
  qualification(known: Qualification): string;
  asksForContact(): string;
  place(city: string, country: string): string;
  /** Names of the rules by which it came here. */
  rule(names: string): string;
  /** `shown` is a list that goes on. */
  andMore(shown: readonly string[], more: number): string;
  employees(range: { readonly from: string; readonly to: string } | { readonly moreThan: string }): string;
  /** The exact instant, for the small print. `over`: of what can no longer be answered. */
  expires(exact: string, estimated: boolean, over: boolean): string;
  exact(exact: string, estimated: boolean): string;
  referralId(id: string): string;
}

export interface LinkWords {
  openReferral(): string;
  openList(): string;
  /** What to look for in that list; null when there is no name. */
  searchFor(name: string): string;
}

export interface DigestWords {
  title(total: number, of: DigestKind): string;
  /** The most urgent is the first. */
  mostUrgent(left: string): string;
  more(count: number): string;
  why(of: DigestKind): string;
  subject(total: number, of: DigestKind, left: string | null): string;
}

/** What all alerts of a digest are. */
export type DigestKind = Exclude<AlertKind, 'escalation'> | Severity;

/** The plainest form: nothing that a customer wrote. */
export interface PlainWords {
  title(of: DigestKind): string;
  /** Why it looks like this. */
  why(): string;
}

export interface LastResortWords {
  title(count: number): string;
  untold(): string;
  blind(): string;
  why(): string;
}

/** What is pending, at a time of the day that somebody set. Its rows are worded as in a digest. */
export interface SummaryWords {
  title(total: number): string;
  /** Of those that wait, how many nobody has claimed; at least one. */
  unclaimed(count: number, total: number): string;
  claimedBy(name: string): string;
  why(): string;
  /** `left`: the time left to answer the most urgent one. */
  subject(total: number, left: string): string;
}

/** How many of what: `answered` is accepted and declined together. */
export interface ReportCounts {
  readonly received: number;
  readonly answered: number;
  readonly expired: number;
}

/** What happened in seven days, for managers. Moments, durations and amounts come in ready to be shown. */
export interface ReportWords {
  title(): string;
  /** The seven days, as a line below the title. */
  span(from: string, to: string): string;
  counts(counts: ReportCounts): string;
  readonly label: Record<
    | 'received'
    | 'accepted'
    | 'declined'
    | 'expired'
    | 'gone'
    /** At the end of the seven days, however old. */
    | 'pending'
    | 'timeToTell'
    | 'timeToClaim'
    | 'timeToAnswer'
    | 'valueAnswered'
    | 'valueExpired',
    () => string
  >;
  /** Those accepted; of them some were won and some lost since, which may be none. */
  accepted(count: number, won: number, lost: number): string;
  /** What stands in place of a median or a value when there is none. */
  none(): string;
  /** How the three times are to be understood: medians, from when a referral was first seen. */
  timesNote(): string;
  /** Heads the list of days. */
  daysTitle(): string;
  /** What happened on one day; each may be none, not both. */
  day(answered: number, expired: number): string;
  quietDay(): string;
  /** Over the bars. */
  answered(): string;
  expired(): string;
  /** Heads the list of those whose answer took longest. */
  slowestTitle(): string;
  slow(customer: string, answer: Answer, duration: string): string;
  /** Heads the list of rules. */
  rulesTitle(): string;
  why(): string;
  /** The days only: `Mon 16 Nov`. */
  subject(from: string, to: string, counts: ReportCounts): string;
}

export interface SampleWords {
  customer(): string;
  deal(): string;
  /** That it is a sample, and that nothing is to be done. */
  note(): string;
  subject(subject: string): string;
  why(): string;
}

export interface PageWords {
  summary(named: string, left: string): string;
  digest(total: number, of: DigestKind): string;
  notes(): string;
}

export interface DetailWords {
  /** It waits for an answer. */
  pending(sort: Sort): string;
  noConsent(): string;
  contacts(): string;
  moreContacts(count: number): string;
  notes(): string;
  /** Heads the list of what has happened to it, each with its moment. */
  history(): string;
  /** What has happened to it, apart from being told somewhere. */
  readonly happened: {
    firstSeen(): string;
    claimed(name: string): string;
    /** By the one who held it. */
    released(name: string): string;
    /** By somebody else than the one who held it. */
    releasedFor(name: string, holder: string): string;
    snoozed(name: string): string;
    answered(answer: Answer): string;
    expired(): string;
    gone(): string;
  };
  /** As what it was told, or was to be told. */
  readonly told: Record<Exclude<AlertKind, 'escalation'>, () => string> & { escalation(before: string): string };
  channel(channel: ChannelName): string;
  readonly standing: Record<DeliveryWord, () => string>;
  claimedUntil(name: string, until: string): string;
  privacy(): string;
}

export interface BotWords {
  readonly button: Record<
    'claim' | 'release' | 'releaseAnyway' | 'details' | 'snooze' | 'back' | 'next' | 'previous',
    () => string
  >;
  snoozedUntil(moment: string): string;
  probablyAnsweredBy(name: string): string;
  hadClaimed(name: string): string;
  nowIs(answer: Answer | 'expired' | 'gone'): string;
  /** The reply that goes with a card that became louder. */
  louder(named: string, left: string): string;
  /** Somebody is about to release a colleague's claim. */
  releaseOf(name: string): string;
  releaseIsTold(name: string, since: string): string;
  nothingReleased(): string;
  released(by: string, named: string): string;
  namesNothing(): string;
  didNotWork(): string;
  notAnswering(): string;
  notWatchedYet(): string;
  notWatchedAnyMore(): string;
  notListedAnyMore(): string;
  partnerCenterSays(word: string): string;
  heldBy(name: string, since: string): string;
  tooLateToSnooze(): string;
  readonly list: {
    title(count: number): string;
    none(): string;
    range(from: number, to: number): string;
    mostUrgentFirst(): string;
    claimedBy(name: string): string;
    /** In Partner Center's own word. */
    notPending(word: string): string;
    why(): string;
    unnamed(id: string): string;
  };
  readonly say: {
    /** What each command does; the command words themselves are the same in every language. */
    readonly does: Record<'use' | 'useFor' | 'stop' | 'status' | 'list' | 'help', () => string>;
    help(): string;
    greeting(): string;
    chooseWhere(command: string): string;
    onlyChannels(): string;
    bound(name: string | null, stopCommand: string): string;
    isBound(name: string | null): string;
    notBound(): string;
    unbound(useCommand: string): string;
    notAllowed(): string;
    lastPoll(moment: string | null): string;
    pending(count: number): string;
    nothingBoundYet(useCommand: string): string;
    notUnderstood(commands: string): string;
  };
}
