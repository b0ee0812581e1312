import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { ReportMessage } from '../model/channel.ts';
import type { Money } from '../model/referral.ts';
import type { DayCounts, Report, RuleCounts, SlowAnswer } from '../model/report.ts';
import { bytesOf, CARD_LIMIT, card, dateLabel, factSet, foot, head, notes, section, textBlock } from './card-parts.ts';
import { customerOf, line, moneyInWords } from './facts.ts';
import type { MailBody } from './mail-body.ts';
import { flat, inert, shown, unlinked } from './text.ts';
import type { CardView } from './view.ts';
import { answerOf, type LabelledFact } from './wording.ts';
import type { ReportCounts, Words } from './words/words.ts';

function countsOf({ received, accepted, declined, expired }: Report): ReportCounts {
  return { received, answered: accepted + declined, expired };
}

/** From when until when, as a line. */
export function spanInWords({ from, to }: Report, { words, timeZone }: CardView): string {
  return line(words, words.report.span(words.forms.moment(from, timeZone), words.forms.moment(to, timeZone)));
}

/** How many of what, as a line. */
export function countsInWords(report: Report, words: Words): string {
  return line(words, words.report.counts(countsOf(report)));
}

/** That it comes late, or may be a repeat. */
export function doubtsOfReport({ lateSince, mayBeRepeat }: ReportMessage, { words, timeZone }: CardView): string[] {
  return [
    ...(lateSince === null ? [] : [words.notes.late(words.forms.moment(lateSince, timeZone))]),
    ...(mayBeRepeat ? [words.notes.mayBeRepeat()] : []),
  ];
}

export function reportSubject({ report }: ReportMessage, { words, timeZone }: CardView): string {
  const [from, to] = [report.from, report.to].map(at => words.forms.day(at, timeZone));
  return words.report.subject(from ?? '', to ?? '', countsOf(report));
}

/** The report in one card: days in words, for there is no picture to load. */
export function reportCard(message: ReportMessage, view: CardView): IAdaptiveCard {
  for (const rules of [40, 15]) {
    const fitting = build(message, rules, view);
    if (bytesOf(fitting) <= CARD_LIMIT) return fitting;
  }
  return build(message, 3, view);
}

function build(message: ReportMessage, mostRules: number, view: CardView): IAdaptiveCard {
  const { words } = view;
  const { report: say, forms } = words;
  const { report } = message;
  const span = spanInWords(report, view);
  const counts = countsInWords(report, words);
  return card(
    [
      head({ title: say.title(), subtitle: span, strong: counts, tone: 'accent' }),
      ...notes(doubtsOfReport(message, view)),
      ...factSet(figures(report, words)),
      ...section(
        say.daysTitle(),
        factSet(
          report.days.map(day => {
            const { label, value } = dayFact(day, view);
            return { label: dateLabel(label), value };
          }),
        ),
      ),
      ...section(
        say.slowestTitle(),
        report.slowest.map(slow => textBlock(inert(slowLine(slow, words)), { spacing: 'Small' })),
      ),
      ...section(
        say.rulesTitle(),
        factSet(report.rules.slice(0, mostRules).map(rule => inertLabel(ruleFact(rule, words)))),
      ),
      ...foot(inert(say.timesNote()), inert(say.why())),
    ],
    forms.sentences([say.title(), span, counts].map(flat)),
  );
}

/** The same as a mail, with bars of plain table cells. */
export function reportBody(message: ReportMessage, view: CardView): MailBody {
  const { words } = view;
  const { report: say } = words;
  const { report } = message;
  const sections = [
    { title: say.slowestTitle(), lines: report.slowest.map(slow => slowLine(slow, words)), facts: [] },
    { title: say.rulesTitle(), lines: [], facts: report.rules.map(rule => ruleFact(rule, words)) },
  ];
  return {
    writing: words,
    title: say.title(),
    tone: 'accent',
    subtitle: spanInWords(report, view),
    strong: countsInWords(report, words),
    notes: doubtsOfReport(message, view),
    facts: figures(report, words),
    bars: {
      title: say.daysTitle(),
      rows: report.days.map(day => {
        const { label, value } = dayFact(day, view);
        return { label, text: value, good: day.answered, bad: day.expired };
      }),
    },
    sections: sections.filter(({ lines, facts }) => lines.length + facts.length > 0),
    rows: [],
    more: [],
    footer: [say.timesNote(), say.why()].map(unlinked),
  };
}

function figures(report: Report, words: Words): LabelledFact[] {
  const { report: say, forms } = words;
  const { label } = say;
  const time = (milliseconds: number | null) => (milliseconds === null ? say.none() : forms.duration(milliseconds));
  const number = (count: number) => forms.number(count);
  const { medians, value } = report;
  return [
    [label.received(), number(report.received)],
    [label.accepted(), say.accepted(report.accepted, report.won, report.lost)],
    [label.declined(), number(report.declined)],
    [label.expired(), number(report.expired)],
    [label.gone(), number(report.gone)],
    [label.pending(), number(report.pending)],
    [label.timeToTell(), time(medians.told)],
    [label.timeToClaim(), time(medians.claim)],
    [label.timeToAnswer(), time(medians.answer)],
    [label.valueAnswered(), sums(value.answered)],
    [label.valueExpired(), sums(value.expired)],
  ].map(([label = '', value = '']) => ({ label, value }));

  function sums(all: readonly Money[]): string {
    const amounts = all.map(sum => moneyInWords(sum, words) ?? '').filter(text => text !== '');
    return amounts.length === 0 ? say.none() : forms.list(amounts);
  }
}

function dayFact({ at, answered, expired }: DayCounts, { words, timeZone }: CardView): LabelledFact {
  const isQuiet = answered + expired === 0;
  const value = isQuiet ? words.report.quietDay() : words.report.day(answered, expired);
  return { label: words.forms.day(at, timeZone), value };
}

function slowLine({ customer, exit, exitWord, took }: SlowAnswer, words: Words): string {
  const name = shown(customerOf({ customer }, words), 80);
  return words.report.slow(name, answerOf({ exit, exitWord }), words.forms.duration(took));
}

function ruleFact({ name, ...counts }: RuleCounts, { report: say }: Words): LabelledFact {
  return { label: shown(name, 80), value: say.counts(counts) };
}

/** What people named stands as a label; a card reads Markdown there too. */
function inertLabel({ label, value }: LabelledFact): LabelledFact {
  return { label: inert(label), value };
}
