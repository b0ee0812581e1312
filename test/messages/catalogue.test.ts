import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { askRelease } from '../../src/bot/ask-release.ts';
import { createCommands, greeting } from '../../src/bot/commands.ts';
import { concerned, escalationRemark } from '../../src/bot/escalation.ts';
import { referralPost } from '../../src/bot/referral-card.ts';
import { byItself, inThread } from '../../src/bot/remark.ts';
import { createVerbs, VERBS } from '../../src/bot/verbs.ts';
import { cardOf, summaryOf } from '../../src/messages/card.ts';
import { detailCard } from '../../src/messages/detail-card.ts';
import { listCard, listPage } from '../../src/messages/list-card.ts';
import { mailOf } from '../../src/messages/mail.ts';
import { sampleMessage } from '../../src/messages/message.ts';
import { pageOf } from '../../src/messages/page.ts';
import type { CardView } from '../../src/messages/view.ts';
import { en } from '../../src/messages/words/en.ts';
import type { Words } from '../../src/messages/words/words.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Message } from '../../src/model/channel.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import type { Conversation } from '../../src/model/conversation-store.ts';
import type { Referral } from '../../src/model/referral.ts';
import { aDigest, aMessage, anEscalation, aReferral, aReport, aSummary, now } from './samples.ts';

/** The same catalogue with each phrase in brackets. */
function bracketed<T>(value: T): T {
  if (typeof value === 'function') {
    const phrase = value as unknown as (...facts: unknown[]) => unknown;
    return ((...facts: unknown[]) => {
      const said = phrase(...facts);
      return typeof said === 'string' ? `⟦${said}⟧` : said;
    }) as unknown as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bracketed(inner)])) as T;
}

const { capital: _capital, number: _number, ...dates } = en.forms;
const words: Words = { ...bracketed({ ...en, forms: null }), forms: { ...en.forms, ...bracketed(dates) } } as Words;

// No letters in names and ids: whatever letter is left stands outside of the catalogue.
const facts = {
  customer: '4711',
  country: '99',
  value: { amount: 250_000, currency: 'EUR' },
  type: 'Independent',
  deal: '4712',
  solutions: ['1', '2', '3', '4', '5'],
  qualification: 'Direct',
  customerRequestedContact: true,
};
const claim = { by: '7', name: '42', at: now, until: now + 2 * DAY };
const over: Partial<Alert> = { facts, referralId: '123-456', engagementId: '789', claim };
const doubts: Partial<Alert> = {
  mayBeRepeat: true,
  unconfirmedSince: now,
  movedFrom: now,
  datePassed: true,
  createdUnsure: true,
};
const views: readonly CardView[] = [true, false].map(opensList => ({
  words,
  timeZone: 'UTC',
  linkFor: id => ({ url: `https://partner.example/${id}`, opensList }),
  workingDaysLeft: () => 5,
}));

const alerts: readonly Message[] = [
  aMessage(over),
  aMessage({ ...over, facts: { ...facts, customer: null, type: 'Shared', qualification: 'SalesQualified' } }),
  ...(['reminder', 'warning', 'critical'] as const).flatMap(severity => [
    anEscalation(severity, 6 * HOUR, over),
    anEscalation(severity, 6 * HOUR, { ...over, ...doubts, firstTold: true }),
    anEscalation(severity, -HOUR, over),
  ]),
  ...(['accepted', 'declined', 'won', 'lost'] as const).map(exit => aMessage({ ...over, kind: 'answered', exit })),
  aMessage({ ...over, kind: 'answered', exit: 'accepted', exitWord: '33' }),
  ...[true, false].map(nobodyTold => aMessage({ ...over, ...doubts, kind: 'expired', exit: 'expired', nobodyTold })),
  aMessage({ ...over, kind: 'gone', exit: 'gone' }),
];
const digests: readonly Message[] = alerts.map(message => {
  const alert = (message as { alert: Alert }).alert;
  return { ...aDigest(0), of: alert, total: 30, rows: [alert, alert], mayBeRepeat: true };
});
const nothing = { medians: { told: null, claim: null, answer: null }, value: { answered: [], expired: [] } };
const regulars: readonly Message[] = [
  aSummary({
    lateSince: now,
    mayBeRepeat: true,
    total: 30,
    rows: [true, false].map(isHeld => ({ ...aMessage(over).alert, ...doubts, claim: isHeld ? claim : null })),
  }),
  aSummary({ unclaimed: 5, rows: [] }),
  aReport(
    {
      slowest: [{ id: '1', customer: null, exit: 'won', exitWord: null, took: 5 }],
      rules: [{ name: '7', received: 1, answered: 2, expired: 3 }],
    },
    { lateSince: now, mayBeRepeat: true },
  ),
  aReport({ ...nothing, accepted: 1, won: 0, lost: 0, slowest: [], rules: [] }),
];
const others: readonly Message[] = [
  ...regulars,
  sampleMessage(now),
  ...(['untold', 'blind'] as const).map(why => ({
    kind: 'last-resort' as const,
    key: 'x',
    now,
    why,
    rows: [over, over].map(each => ({ ...aMessage().alert, ...each, incident: 'x' })),
  })),
];
const messages = [...alerts, ...digests, ...others];

/** Every text of a card that somebody reads. */
function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? ['text', 'title', 'value', 'fallbackText'].includes(key)
        ? [value]
        : []
      : textsOf(value),
  );
}

/** What stands outside of all brackets. */
function outside(text: string): string {
  let rest = text.replace(/https:\/\/partner\.example\/[\d-]+/g, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*(?:⟧|$)/gu, '');
  }
  return rest;
}

const expectWorded = (texts: readonly (string | null)[]) => {
  for (const text of texts) if (text !== null) expect(outside(text).match(/.*\p{L}.*/u)?.[0] ?? '').toBe('');
};
const withoutTags = (html: string) => html.replace(/<(?:style|title)[\s\S]*?<\/(?:style|title)>|<[^>]*>/g, '');

test.each([0, 1])('no letter stands outside of the catalogue in any message (view %i)', n => {
  const view = views[n] as CardView;
  for (const message of messages) {
    for (const form of [message, { ...message, plainest: true as const }]) {
      const mail = mailOf(form, view, 'a@b.c');
      const page = pageOf(form, view);
      expectWorded([...textsOf(cardOf(form, view)), ...textsOf(cardOf(form, view, { audience: 'on-call' }))]);
      expectWorded([summaryOf(form, view), mail.subject, mail.text, withoutTags(mail.html)]);
      expectWorded([page.summary, ...page.links.map(link => link.text), ...Object.entries(page.details).flat()]);
    }
  }
});

test('nor in what the bot answers', () => {
  const view = views[0] as CardView;
  const states = ['sending', 'accepted', 'delivered', 'retry', 'rejected'] as const;
  const channels = ['teams', 'teams:9', 'email', 'oncall-email', 'pager', 'bot:19'];
  const told = ['new', 'escalation:24h', 'answered', 'expired', 'gone'];
  const deliveries: Delivery[] = states.map((state, n) => ({
    state,
    channel: channels[n] as string,
    alert: told[n] as string,
    attempts: 1,
    at: now,
  }));
  const referral = {
    ...aReferral,
    id: '123-456',
    engagementId: '789',
    facts,
    city: '55',
    notes: '66',
    invitedBy: '88',
    contacts: Array(12).fill({ name: '77', email: null, phone: '020' }),
  };
  const deeds = (['claimed', 'released', 'snoozed'] as const).flatMap(what => [
    { what, at: now, name: '42' },
    { what, at: now, name: '', holder: '43' },
  ]);
  const known = { expiry: aMessage().alert.expiry, firstSeenAt: now, deliveries, deeds, claim };
  expectWorded(textsOf(detailCard(referral, known, now, view)));
  expectWorded(textsOf(detailCard({ ...referral, state: 'won', status: '1', substatus: '2' }, known, now, view)));
  for (const exit of ['won', 'expired', 'gone'] as const)
    expectWorded(textsOf(detailCard(referral, { ...known, exit, exitAt: now, exitWord: '' }, now, view)));
  const row: Checkpoint = {
    ...known,
    referralId: '123-456',
    engagementId: null,
    createdAt: null,
    firstSeenAt: now,
    summary: facts,
  };
  expectWorded(textsOf(askRelease(referral, claim, view)));
  const gone = new Map([['123-456', { ...referral, state: 'won' as const, substatus: '2' }]]);
  expectWorded(textsOf(listCard(listPage([row], 0), gone, now, view)));
  expectWorded(textsOf(listCard(listPage([], 0), new Map(), now, view)));
  expectWorded(
    textsOf(listCard(listPage([row, { ...row, summary: null }, ...Array(30).fill(row)], 1), new Map(), now, view)),
  );
  for (const { alert } of alerts as unknown as readonly { alert: Alert }[]) {
    const handling = { claim, snoozedUntil: now + DAY };
    const post = referralPost(alert, now, handling, { view, steps: [] });
    expectWorded([...textsOf(post.card), post.summary]);
    const people = concerned(alert, { claim: { ...claim, name: '' } }, ['7', '*'], view);
    const remark = escalationRemark(alert, now, people, view);
    const posts = [inThread({ ...remark, people: [] }), inThread(remark), byItself(remark, view)];
    expectWorded(posts.flatMap(textsOf).map(text => text.replace(/<\/?at>/g, '')));
  }
});

/** Without the command words, which are the same in every language, and without mentions. */
const withoutCommands = (text: string) => text.replace(/\*\*[^*]*\*\*|<\/?at>/g, '');

/** A bot whose world is a few variables: one conversation, one referral. */
function aBot(referral: Referral | 'away' | null, open: Checkpoint | null, over = {}) {
  let conversation: Conversation | null = null;
  const posted: unknown[] = [];
  const options = {
    admins: null,
    claimExpiresAfterMs: DAY,
    clock: () => now,
    detailCard: async () => ({}),
    async fetchReferral() {
      if (referral === 'away') throw new Error('away');
      return referral;
    },
    lastPoll: async () => ({ lastGoodPollAt: open ? now : null, pending: 5 }),
    log: { info() {}, warn() {}, error() {} },
    steps: [],
    view: views[0] as CardView,
    checkpoints: {
      loadOpen: async () => (open ? [open] : []),
      find: async () => open,
      update: async (_: string, change: (current: Checkpoint) => Checkpoint | null) => open && (change(open) ?? open),
    },
    conversations: {
      list: async () => (conversation ? [conversation] : []),
      async change(_team: string, _channel: string, change: (current: Conversation | null) => Conversation | null) {
        conversation = change(conversation) ?? conversation;
        return conversation;
      },
    },
    ...over,
  } as unknown as Parameters<typeof createCommands>[0] & Parameters<typeof createVerbs>[0];
  const teams = { post: async (...post: unknown[]) => posted.push(post), update: async () => {} };
  return { commands: createCommands(options), verbs: createVerbs(options, teams as never), posted };
}

const pending: Referral = { ...aReferral, id: '123-456', engagementId: '789', facts };
const kept: Checkpoint = {
  ...{ referralId: '123-456', engagementId: null, createdAt: null, firstSeenAt: now, deliveries: [], summary: facts },
  expiry: { at: now + 5 * DAY, source: 'reported' },
};

test('nor in what the bot says when it is spoken to', async () => {
  const place = { team: '19:1', channel: '19:1', serviceUrl: 'https://partner.example/1', botId: '3' };
  const said = ['list', 'status', 'stop', 'use this channel', 'status', 'use this channel for 77', 'status', 'list'];
  const spoken: (string | null)[] = [];
  for (const over of [{}, { admins: ['nobody'] }]) {
    for (const open of [kept, null]) {
      const { commands } = aBot(pending, open, over);
      for (const kind of ['channel', 'personal'] as const) {
        for (const text of [...said, 'stop', 'help', '?']) {
          const post = await commands.answer({ text, by: '0', place: { ...place, kind } });
          spoken.push(post.summary, ...('text' in post ? [post.text] : textsOf(post.card)));
        }
      }
    }
  }
  const hello = greeting(words);
  spoken.push(hello.summary, 'text' in hello ? hello.text : null);
  expect(new Set(spoken).size).toBeGreaterThan(15);
  expectWorded(spoken.map(text => text && withoutCommands(text)));
});

test('nor in what its buttons answer', async () => {
  const held = { ...kept, claim: { ...claim, name: '42' } };
  const worlds = [
    aBot(pending, kept),
    aBot(pending, held),
    aBot(pending, { ...held, expiry: { at: now, source: 'reported' } }),
    aBot(pending, null),
    aBot('away', kept),
    aBot(null, kept),
    aBot({ ...pending, state: 'won', substatus: '5' }, held),
    aBot({ ...pending, state: 'expired', substatus: '5' }, held),
    aBot({ ...pending, state: 'other', substatus: '5' }, held),
  ];
  const clicker = { id: '9', name: '43', conversationId: '19:1', activityId: '8' };
  const answers: string[] = [];
  for (const { verbs } of worlds) {
    for (const verb of VERBS) {
      for (const data of [{ referralId: '123-456' }, { referralId: '123-456', claim: 'stale' }, {}]) {
        const answer = await verbs.press(verb, data, clicker);
        answers.push(...(typeof answer === 'string' ? [answer] : textsOf(answer)));
      }
    }
  }
  expect(new Set(answers).size).toBeGreaterThan(25);
  expectWorded(answers.map(withoutCommands));
});
