import fc from 'fast-check';
import type { Forms } from '../../src/messages/words/forms.ts';

/** Something handed to a phrase, and the texts that have to stand in it then. */
export interface Fact {
  readonly value: unknown;
  readonly shown: (forms: Forms) => readonly string[];
}

type Facts = fc.Arbitrary<readonly Fact[]>;

const silent = (value: unknown): Fact => ({ value, shown: () => [] });
const said = (value: string): Fact => ({ value, shown: () => [value] });
const oneOf = (...values: readonly unknown[]) => fc.constantFrom(...values.map(silent));

const text = fc.stringMatching(/^[0-9#%]{6,12}$/).map(said);
const textOrNone = fc.option(text, { nil: silent(null) });
const number = fc.integer({ min: 1, max: 99_999 });
const count = number.map((value): Fact => ({ value, shown: forms => [forms.number(value)] }));
const sort = oneOf('lead', 'co-sell', 'referral');
const severity = oneOf('reminder', 'warning', 'critical');
const digestKind = oneOf('new', 'reminder', 'warning', 'critical', 'answered', 'expired', 'gone');
const flag = oneOf(true, false);
const own = text.map(({ value }): Fact => ({ value: { word: value }, shown: () => [value as string] }));
const known = oneOf('accepted', 'declined', 'won', 'lost');
const answer = fc.oneof(own, known);
const names = fc.array(text, { minLength: 1, maxLength: 5 }).map(
  (texts): Fact => ({
    value: texts.map(({ value }) => value),
    shown: () => texts.map(({ value }) => value as string),
  }),
);
const people = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }).map((pairs): Fact => {
  const shown = pairs.map(([name, until]) => ({ name: name.value as string, until: until.value as string }));
  return { value: shown, shown: () => shown.flatMap(({ name, until }) => [name, until]) };
});
const range = fc.oneof(
  fc.tuple(text, text).map(
    ([from, to]): Fact => ({
      value: { from: from.value, to: to.value },
      shown: () => [from.value as string, to.value as string],
    }),
  ),
  text.map(({ value }): Fact => ({ value: { moreThan: value }, shown: () => [value as string] })),
);
const channel = fc
  .tuple(fc.constantFrom('teams', 'email', 'bot'), fc.constantFrom('sales', 'on-call', 'operator'), textOrNone)
  .map(([by, audience, name]): Fact => ({ value: { by, audience, name: name.value }, shown: name.shown }));
const counts = fc.tuple(number, number, number).map(
  ([received, answered, expired]): Fact => ({
    value: { received, answered, expired },
    shown: forms => [received, answered, expired].map(forms.number),
  }),
);

const facts = (...each: readonly fc.Arbitrary<Fact>[]): Facts => fc.tuple(...each);

/** What each phrase of a catalogue may be handed; those that are not here are handed nothing. */
export const FACTS: Readonly<Record<string, Facts>> = {
  'lead.sort': facts(sort),
  'lead.titled': facts(text, text),
  'alert.state.new': facts(sort),
  'alert.state.escalation': facts(sort, severity, flag),
  'alert.state.answered': facts(sort, answer),
  'alert.state.expired': facts(sort),
  'alert.state.gone': facts(sort),
  'alert.urgency.warning': facts(sort),
  'alert.urgency.critical': facts(sort),
  'alert.answerByEndOf': facts(text),
  'alert.answerBy': facts(text),
  'alert.expiryWas': facts(text),
  'alert.timeLeft': facts(text),
  'alert.timeLeftWorking': facts(text, fc.oneof(count, oneOf(0))),
  'alert.answeredAfter': facts(text),
  'alert.valueLost': facts(text),
  'alert.expiredOn': facts(text),
  'alert.why.new': facts(oneOf('sales', 'on-call')),
  'alert.why.escalation': facts(oneOf('sales', 'on-call')),
  'alert.subject.new': facts(text, textOrNone, text),
  'alert.subject.escalation': facts(text, textOrNone, textOrNone, flag),
  'alert.subject.answered': facts(text, answer),
  'alert.subject.expired': facts(text),
  'alert.subject.gone': facts(text),
  'notes.unconfirmedSince': facts(text),
  'notes.expiredUnconfirmed': facts(text),
  'notes.movedFrom': facts(text),
  'notes.late': facts(text),
  'notes.claimedBy': facts(text, text),
  'notes.onDuty': facts(people),
  'facts.qualification': facts(oneOf('direct', 'marketing', 'sales')),
  'facts.place': facts(text, text),
  'facts.rule': facts(text),
  'facts.andMore': facts(names, count),
  'facts.employees': facts(range),
  'facts.expires': facts(text, flag, flag),
  'facts.exact': facts(text, flag),
  'facts.referralId': facts(text),
  'link.searchFor': facts(text),
  'digest.title': facts(count, digestKind),
  'digest.mostUrgent': facts(text),
  'digest.more': facts(count),
  'digest.why': facts(digestKind),
  'digest.subject': facts(count, digestKind, textOrNone),
  'plain.title': facts(digestKind),
  'lastResort.title': facts(count),
  'summary.title': facts(count),
  // When it is all of them, their number is not said again.
  'summary.unclaimed': fc.oneof(
    number.map((some): readonly Fact[] => [{ value: some, shown: forms => [forms.number(some)] }, silent(some + 1)]),
    number.map((all): readonly Fact[] => [silent(all), silent(all)]),
  ),
  'summary.claimedBy': facts(text),
  'summary.subject': facts(count, text),
  'report.span': facts(text, text),
  'report.counts': facts(counts),
  'report.accepted': facts(count, fc.oneof(count, oneOf(0)), fc.oneof(count, oneOf(0))),
  'report.day': fc.oneof(facts(count, oneOf(0)), facts(oneOf(0), count), facts(count, count)),
  'report.slow': facts(text, answer, text),
  'report.subject': facts(text, text, counts),
  'sample.subject': facts(text),
  'page.summary': facts(text, text),
  'page.digest': facts(count, digestKind),
  'detail.pending': facts(sort),
  'detail.moreContacts': facts(count),
  'detail.happened.claimed': facts(text),
  'detail.happened.released': facts(text),
  'detail.happened.releasedFor': facts(text, text),
  'detail.happened.snoozed': facts(text),
  'detail.happened.answered': facts(answer),
  'detail.told.escalation': facts(text),
  'detail.channel': facts(channel),
  'detail.claimedUntil': facts(text, text),
  'bot.snoozedUntil': facts(text),
  'bot.probablyAnsweredBy': facts(text),
  'bot.hadClaimed': facts(text),
  'bot.nowIs': facts(fc.oneof(answer, oneOf('expired', 'gone'))),
  'bot.louder': facts(text, text),
  'bot.releaseOf': facts(text),
  'bot.releaseIsTold': facts(text, text),
  'bot.released': facts(text, text),
  'bot.partnerCenterSays': facts(text),
  'bot.heldBy': facts(text, text),
  'bot.list.title': facts(count),
  'bot.list.range': facts(count, count),
  'bot.list.claimedBy': facts(text),
  'bot.list.notPending': facts(text),
  'bot.list.unnamed': facts(text),
  'bot.say.chooseWhere': facts(text),
  'bot.say.bound': facts(textOrNone, text),
  'bot.say.isBound': facts(textOrNone),
  'bot.say.unbound': facts(text),
  'bot.say.lastPoll': facts(textOrNone),
  'bot.say.pending': facts(count),
  'bot.say.nothingBoundYet': facts(text),
  'bot.say.notUnderstood': facts(text),
};
