import { expect, test } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import { cardOf, summaryOf } from '../../src/messages/card.ts';
import { detailCard } from '../../src/messages/detail-card.ts';
import { mailOf } from '../../src/messages/mail.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import { botCardsFor } from '../bot/bot-cards.ts';
import { faultsOf } from './card-lint.ts';
import { cardsFor, mailsFor } from './every-message.ts';
import { CATALOGUES } from './languages.ts';
import { aDigest, aLastResort, aMessage, aReferral, aSummary, now, view } from './samples.ts';

test.each(LANGUAGES)('%s: every card is sound and below 20 KB, however much there is to show', language => {
  const readers = { ...view, words: CATALOGUES[language], workingDaysLeft: () => 5 };
  const long = '*_[`&'.repeat(400);
  const crowded = {
    ...aReferral,
    notes: long.repeat(3),
    contacts: Array(40).fill({ name: long, email: `${long}@example.com`, phone: long }),
    facts: { ...aReferral.facts, customer: long, deal: long, solutions: Array(9).fill(long) },
  };
  const deliveries = Array.from({ length: 40 }, (_, n) => ({
    ...{ alert: 'escalation:7d', channel: `teams:north-${n}`, state: 'doubtful' as const, attempts: 3, at: now + n },
  }));
  const known = { expiry: { at: now + DAY, source: 'estimated' as const }, deliveries };
  const cards = {
    ...cardsFor(readers),
    ...botCardsFor(readers),
    'long digest': cardOf(aDigest(90), readers),
    'hostile digest': cardOf(aDigest(500, 40, { customer: long, deal: long }), readers),
    'long last resort': cardOf(aLastResort(90, 'blind'), readers),
    'crowded detail': detailCard(crowded, known, now, readers),
  };
  for (const [name, card] of Object.entries(cards)) expect([name, faultsOf(card)]).toEqual([name, []]);
});

test.each(LANGUAGES)('%s: a mail says its language, and its subject is one line', language => {
  for (const mail of Object.values(mailsFor({ ...view, words: CATALOGUES[language] }))) {
    expect(mail.html).toContain(`<html lang="${language}">`);
    expect(mail.subject).toMatch(/^[^\r\n]{1,250}$/u);
  }
});

test.each(LANGUAGES)(
  '%s: no subject has brackets within brackets, nor a summary of one a most urgent one',
  language => {
    const words = CATALOGUES[language];
    const readers = { ...view, words, workingDaysLeft: () => 5 };
    const nested = Object.values(mailsFor(readers)).filter(({ subject }) => /[(（][^)）]*[(（]/.test(subject));
    expect(nested.map(({ subject }) => subject)).toEqual([]);

    const rows = aDigest(1).rows;
    const summary = mailOf({ ...aSummary(), total: 1, unclaimed: 1, rows }, readers, 'alerts@contoso.com');
    const left = words.alert.timeLeftWorking(words.forms.duration(4 * DAY), 5);
    expect(summary.text.split('\n')[1]).toBe(words.forms.capital(left));
    expect(summary.subject).not.toContain(words.digest.mostUrgent(left));
    expect(summary.text).toContain(words.summary.unclaimed(1, 1));
    if (language !== 'ja') expect(words.summary.unclaimed(1, 1)).not.toBe(words.summary.unclaimed(2, 2));
  },
);

test.each(LANGUAGES)('%s: every line that stands by itself begins with a large letter or a number', language => {
  for (const [name, mail] of Object.entries(mailsFor({ ...view, words: CATALOGUES[language] }))) {
    if (name === 'hostile') continue;
    const [head = ''] = mail.text.split('\n\n');
    for (const line of head.split('\n')) expect(line, name).not.toMatch(/^\p{Ll}/u);
  }
});

test.each(LANGUAGES)('%s: a date that labels a fact is broken at most before its hour', language => {
  const { forms } = CATALOGUES[language];
  const { detail, report } = cardsFor({ ...view, words: CATALOGUES[language] });
  const joined = (text: string) => text.replaceAll(' ', '\u00a0');
  const day = joined(forms.day(now, 'UTC'));
  expect(JSON.stringify(detail)).toContain(`"title":"${day}`);
  expect(JSON.stringify(report)).toContain(`"title":"${joined(forms.day(Date.parse('2026-10-28'), 'UTC'))}"`);
});

test('a colleague without a name is not addressed in Japanese', () => {
  const { notes, bot } = CATALOGUES.ja;
  expect(notes.claimedBy('Adele Vance', '明日')).toContain('Adele Vanceさん');
  for (const said of [notes.claimedBy(notes.someColleague(), '明日'), bot.hadClaimed(notes.someColleague())]) {
    expect(said).not.toContain('さん');
  }
});

test.each(['fr', 'es'] as const)("%s: a word of Partner Center's own is no adjective of a noun", language => {
  const { alert, detail } = CATALOGUES[language];
  const said = [alert.state.answered('lead', { word: 'Duplicate' }), detail.happened.answered({ word: 'Duplicate' })];
  for (const text of said) expect(text).not.toMatch(/(?:référence|referencia) Duplicate/i);
});

test.each(LANGUAGES)('%s: what is neither a lead nor a co-sell opportunity is called a referral once', language => {
  const { alert, lead } = CATALOGUES[language];
  const noun = lead.sort('referral').toLocaleLowerCase(language);
  const states = [
    alert.state.new('referral'),
    alert.state.answered('referral', 'declined'),
    alert.state.answered('referral', { word: 'Duplicate' }),
    alert.state.expired('referral'),
    alert.state.gone('referral'),
  ];
  for (const said of states) expect(said.toLocaleLowerCase(language).split(noun).length, said).toBeLessThanOrEqual(2);
});

test('Japanese mail names fonts that have its letters, and its lines end with its own stop', () => {
  const readers = { ...view, words: CATALOGUES.ja };
  const mail = mailsFor(readers).reminder;
  expect(mail?.html).toContain("'Yu Gothic UI','Yu Gothic',Meiryo");
  expect(cardOf(aMessage(), readers).fallbackText).toMatch(/^新しいリード · 残り13日。[^.]*。$/u);
  expect(summaryOf(aMessage(), readers)).toContain('までに回答');
});
