import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Forms } from '../../src/messages/words/forms.ts';
import type { Words } from '../../src/messages/words/words.ts';
import type { Language } from '../../src/model/language.ts';
import { FACTS } from './facts-of-phrases.ts';
import { CATALOGUES, phrasesOf } from './languages.ts';

const others = Object.entries(CATALOGUES).filter(([language]) => language !== 'en') as [Language, Words][];
const all = Object.entries(CATALOGUES) as [Language, Words][];

test.each(all)('%s: every phrase shows every fact that it is handed', (_, words) => {
  for (const [path, phrase] of phrasesOf(words)) {
    const facts = FACTS[path];
    if (!facts) continue;
    fc.assert(
      fc.property(facts, given => {
        const text = phrase(...given.map(({ value }) => value)) as string;
        for (const { shown } of given) for (const part of shown(words.forms)) expect(text, path).toContain(part);
      }),
      { numRuns: 40 },
    );
  }
});

test.each(all)('%s: a phrase is one line that begins and ends where it should', (language, words) => {
  for (const [path, phrase] of phrasesOf(words)) {
    for (const given of fc.sample(FACTS[path] ?? fc.constant([]), { numRuns: 20, seed: 1 })) {
      const text = phrase(...given.map(({ value }) => value));
      if (text === null) continue;
      expect(text, path).toMatch(/^\S(?:.*\S)?$/u);
      expect(text, path).not.toMatch(/undefined|null|NaN|\[object|\$\{| [,.;]| {2}/);
      if (language === 'ja') expect(text, path).not.toMatch(/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}] ?[.,:;?!]/u);
    }
  }
});

test('what takes facts in one language is listed with them, so that no phrase goes unread', () => {
  const taking = all.flatMap(([, words]) => [...phrasesOf(words)].filter(([, phrase]) => phrase.length > 0));
  expect(taking.map(([path]) => path).filter(path => !FACTS[path])).toEqual([]);
  expect(Object.keys(FACTS).filter(path => !phrasesOf(CATALOGUES.en).has(path))).toEqual([]);
});

/** Words that a language shares with English: names, terms of the glossary, and what looks alike by chance. */
const SHARED: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'lead partner center co sell team engagement marketing test details minute status | rest was also',
  fr: 'solution qualification engagement marketing test contacts notes minute message messages | date possible arrive expire urgent',
  es: 'marketing chat',
  nl: 'lead urgent team account status engagement marketing sales contact open test details | was had rest begin',
  pl: 'test | data',
  tr: 'test | size',
  ja: '',
};
const EVERYWHERE = ['referral', 'alerts', 'teams', 'bot'];

function vocabulary(words: Words): ReadonlySet<string> {
  const texts = [...phrasesOf(words)].flatMap(([path, phrase]) =>
    fc
      .sample(FACTS[path] ?? fc.constant([]), { numRuns: 60, seed: 1 })
      .map(given => phrase(...given.map(({ value }) => value)) ?? ''),
  );
  return new Set(texts.flatMap(text => (text as string).toLowerCase().match(/\p{L}{3,}/gu) ?? []));
}

test.each(others)('%s: no English is left but names and terms of the glossary', (language, words) => {
  const english = vocabulary(CATALOGUES.en);
  const left = [...vocabulary(words)].filter(word => english.has(word) && !EVERYWHERE.includes(word));
  const allowed = SHARED[language as Exclude<Language, 'en'>].split(/[ |]+/);
  expect(left.filter(word => !allowed.includes(word))).toEqual([]);
});

describe('plural forms of 1, 2, 5 and 21', () => {
  const NUMBERS = [1, 2, 5, 21];

  test.each<[Language, (words: Words, n: number) => string, readonly string[]]>([
    ['en', pending, ['1 pending referral', '2 pending referrals', '5 pending referrals', '21 pending referrals']],
    [
      'de',
      pending,
      ['1 offene Empfehlung', '2 offene Empfehlungen', '5 offene Empfehlungen', '21 offene Empfehlungen'],
    ],
    [
      'fr',
      pending,
      ['1 référence en attente', '2 références en attente', '5 références en attente', '21 références en attente'],
    ],
    [
      'es',
      pending,
      ['1 referencia pendiente', '2 referencias pendientes', '5 referencias pendientes', '21 referencias pendientes'],
    ],
    [
      'nl',
      pending,
      [
        '1 openstaande verwijzing',
        '2 openstaande verwijzingen',
        '5 openstaande verwijzingen',
        '21 openstaande verwijzingen',
      ],
    ],
    [
      'pl',
      pending,
      ['1 oczekujące polecenie', '2 oczekujące polecenia', '5 oczekujących poleceń', '21 oczekujących poleceń'],
    ],
    [
      'tr',
      pending,
      [
        '1 referans yanıt bekliyor',
        '2 referans yanıt bekliyor',
        '5 referans yanıt bekliyor',
        '21 referans yanıt bekliyor',
      ],
    ],
    ['ja', pending, ['回答待ちの紹介1件', '回答待ちの紹介2件', '回答待ちの紹介5件', '回答待ちの紹介21件']],
    [
      'pl',
      waiting,
      [
        '1 polecenie czeka na odpowiedź',
        '2 polecenia czekają na odpowiedź',
        '5 poleceń czeka na odpowiedź',
        '21 poleceń czeka na odpowiedź',
      ],
    ],
    ['pl', working, ['1 dzień roboczy', '2 dni robocze', '5 dni roboczych', '21 dni roboczych']],
    ['de', working, ['1 Arbeitstag', '2 Arbeitstage', '5 Arbeitstage', '21 Arbeitstage']],
    ['fr', working, ['1 jour ouvré', '2 jours ouvrés', '5 jours ouvrés', '21 jours ouvrés']],
    ['es', working, ['1 día laborable', '2 días laborables', '5 días laborables', '21 días laborables']],
    ['nl', working, ['1 werkdag', '2 werkdagen', '5 werkdagen', '21 werkdagen']],
    ['tr', working, ['1 iş günü', '2 iş günü', '5 iş günü', '21 iş günü']],
    ['ja', working, ['1営業日', '2営業日', '5営業日', '21営業日']],
  ])('%s', (language, say, expected) => {
    expect(NUMBERS.map(n => say(CATALOGUES[language], n))).toEqual(expected);
  });

  function pending({ bot }: Words, n: number) {
    return bot.list.title(n);
  }
  function waiting({ summary }: Words, n: number) {
    return summary.title(n);
  }
  function working({ alert }: Words, n: number) {
    return /[(（](.*)[)）]/u.exec(alert.timeLeftWorking('', n))?.[1] ?? '';
  }

  const COUNTED: readonly ((words: Words, n: number) => string)[] = [
    pending,
    waiting,
    working,
    ({ digest }, n) => digest.title(n, 'new'),
    ({ digest }, n) => digest.title(n, 'critical'),
    ({ digest }, n) => digest.title(n, 'expired'),
    ({ lastResort }, n) => lastResort.title(n),
  ];

  test.each(all)('%s: two numbers are worded alike where its plural rules say so, else not', (language, words) => {
    const rules = new Intl.PluralRules(language);
    const bare = (text: string) => text.replace(/\d+/, '#');
    for (const say of COUNTED) {
      for (const a of [1, 2, 5, 12, 21, 22, 104]) {
        for (const b of [1, 2, 5, 21]) {
          const alike = bare(say(words, a)) === bare(say(words, b));
          // Some wordings are right for any number.
          if (rules.select(a) === rules.select(b)) expect(alike, `${say(words, a)} / ${say(words, b)}`).toBe(true);
          else if (say === pending && language !== 'tr')
            expect(alike, `${say(words, a)} / ${say(words, b)}`).toBe(false);
        }
      }
    }
  });
});

describe('what Intl writes is as it writes it', () => {
  const at = Date.parse('2026-09-17T18:05:00Z');
  const timeZone = 'Europe/Warsaw';
  const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

  test.each(others)('%s: dates', (language, { forms }) => {
    const written = (shape: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, shape).format(at);
    expect(forms.day(at, timeZone)).toBe(written(day));
    expect(forms.moment(at, timeZone)).toBe(written({ ...day, ...time }));
    expect(forms.exact(at, timeZone)).toBe(written({ ...day, year: 'numeric', ...time, timeZoneName: 'short' }));
  });

  test.each(all)('%s: money, numbers, countries and lists', (language, { forms }) => {
    const locale = language === 'en' ? 'en-GB' : language;
    const money = (currency: string, amount: number) =>
      new Intl.NumberFormat(locale, {
        ...{ style: 'currency', currency, currencyDisplay: 'code' },
        ...{ minimumFractionDigits: 0, maximumFractionDigits: 2 },
      } as Intl.NumberFormatOptions).format(amount);
    for (const [currency, amount] of [
      ['EUR', 250_000],
      ['PLN', 1234.5],
      ['TRY', 0.99],
      ['JPY', 999_999_999],
    ] as const) {
      expect(spaced(forms.money({ currency, amount }))).toBe(spaced(money(currency, amount)));
    }
    expect(forms.number(1_234_567.5)).toBe(new Intl.NumberFormat(locale).format(1_234_567.5));
    const countries = new Intl.DisplayNames(locale, { type: 'region' });
    for (const code of ['NL', 'DE', 'TR', 'JP', 'PL', 'US']) expect(forms.country(code)).toBe(countries.of(code));
    expect(forms.country('QX')).toBeNull();
    const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
    for (const items of [['a'], ['a', 'b'], ['a', 'b', 'c']]) expect(forms.list(items)).toBe(lists.format(items));
  });

  test.each<[Language, readonly string[]]>([
    ['en', ['13 days', '2 days 5 hours', '1 hour', '20 minutes', '13d']],
    ['de', ['13 Tage', '2 Tage und 5 Stunden', '1 Stunde', '20 Minuten', '13 Tage']],
    ['fr', ['13 jours', '2 jours et 5 heures', '1 heure', '20 minutes', '13 j']],
    ['es', ['13 días', '2 días y 5 horas', '1 hora', '20 minutos', '13 d']],
    ['nl', ['13 dagen', '2 dagen en 5 uur', '1 uur', '20 minuten', '13 dagen']],
    ['pl', ['13 dni', '2 dni i 5 godzin', '1 godzina', '20 minut', '13 dni']],
    ['tr', ['13 gün', '2 gün 5 saat', '1 saat', '20 dakika', '13 gün']],
    ['ja', ['13日', '2日5時間', '1時間', '20分', '13日']],
  ])('%s: durations', (language, expected) => {
    const { forms }: { forms: Forms } = CATALOGUES[language];
    const hour = 3_600_000;
    const said = [13 * 24, 53, 1, 1 / 3].map(hours => forms.duration(hours * hour));
    expect([...said, forms.shortDuration(13 * 24 * hour)].map(spaced)).toEqual(expected);
  });
});

test('a large letter and a full stop as each language has them', () => {
  expect(CATALOGUES.tr.forms.capital('iş')).toBe('İş');
  expect(CATALOGUES.de.forms.capital('über')).toBe('Über');
  expect(CATALOGUES.fr.forms.label('Pays')).toBe('Pays\u00a0:');
  expect(CATALOGUES.ja.forms.sentences(['未回答', '期限です。'])).toBe('未回答。期限です。');
  expect(CATALOGUES.pl.forms.sentences(['Tak', 'Nie.'])).toBe('Tak. Nie.');
});
