import { expect, test } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import { cardOf, summaryOf } from '../../src/messages/card.ts';
import { detailCard } from '../../src/messages/detail-card.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import { botCardsFor } from '../bot/bot-cards.ts';
import { faultsOf } from './card-lint.ts';
import { cardsFor, mailsFor } from './every-message.ts';
import { CATALOGUES } from './languages.ts';
import { aDigest, aMessage, aReferral, now, view } from './samples.ts';

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
    'long last resort': cardOf({ kind: 'last-resort', key: 'x', now, why: 'blind', rows: aDigest(90).rows }, readers),
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

test('Japanese mail names fonts that have its letters, and its lines end with its own stop', () => {
  const readers = { ...view, words: CATALOGUES.ja };
  const mail = mailsFor(readers).reminder;
  expect(mail?.html).toContain("'Yu Gothic UI','Yu Gothic',Meiryo");
  expect(cardOf(aMessage(), readers).fallbackText).toMatch(/^新しいリード · 残り13日。[^.]*。$/u);
  expect(summaryOf(aMessage(), readers)).toContain('までに回答');
});
