import { describe, expect, test } from 'vitest';
import type { OutcomeState } from '../../src/model/channel.ts';
import { type Carrier, type CarrierAnswer, OUTCOMES, outcomeOf, type SmtpStage } from '../../src/model/outcomes.ts';

type Case = readonly [carrier: Carrier, status: CarrierAnswer['status'], code: string | null, state: OutcomeState];

const cases: readonly Case[] = [
  ['webhook', 200, null, 'delivered'],
  ['webhook', 202, null, 'delivered'],
  ['webhook', 200, 'html', 'refused'],
  ['webhook', 202, 'html', 'refused'],
  ['webhook', 200, 'failure', 'retry'],
  ['webhook', 302, null, 'refused'],
  ['webhook', 400, null, 'rejected'],
  ['webhook', 400, 'TriggerInputSchemaMismatch', 'rejected'],
  ['webhook', 400, 'WorkflowTriggerIsNotEnabled', 'refused'],
  ['webhook', 401, 'DirectApiAuthorizationRequired', 'refused'],
  ['webhook', 409, null, 'refused'],
  ['webhook', 413, null, 'rejected'],
  ['webhook', 423, null, 'refused'],
  ['webhook', 101, null, 'doubtful'],
  ['bot', 201, null, 'delivered'],
  ['bot', 200, 'html', 'refused'],
  ['bot', 204, null, 'refused'],
  ['bot', 400, 'BadArgument', 'rejected'],
  ['bot', 401, null, 'refused'],
  ['bot', 403, 'BotNotInConversationRoster', 'refused'],
  ['bot', 404, 'ConversationNotFound', 'refused'],
  ['bot', 413, 'MessageSizeTooBig', 'rejected'],
  ['bot', 429, null, 'retry'],
  ['bot', 502, null, 'retry'],
  ['pager', 202, null, 'delivered'],
  ['pager', 400, null, 'rejected'],
  ['pager', 403, null, 'refused'],
  ['pager', 404, null, 'refused'],
  ['acs', 202, null, 'accepted'],
  ['acs', 200, null, 'refused'],
  ['acs', 400, null, 'rejected'],
  ['acs', 400, 'InvalidSenderUserName', 'refused'],
  ['acs', 401, null, 'refused'],
  ['acs', 403, null, 'refused'],
  ['acs', 404, 'DomainNotLinked', 'refused'],
  ['acs', 409, null, 'refused'],
  ['acs', 413, null, 'rejected'],
];

test.each(cases)('%s answers %s %s: %s', (carrier, status, code, state) => {
  expect(outcomeOf({ carrier, status, code })).toBe(state);
});

describe.each(['webhook', 'bot', 'pager', 'acs'] as const)('over HTTP, %s', carrier => {
  test.each([408, 412, 425, 429, 500, 502, 503, 504, 599, 'no connection'] as const)('%s is tried again', status => {
    expect(outcomeOf({ carrier, status })).toBe('retry');
  });
  test.each([301, 307, 401, 402, 403, 404, 405, 406, 407, 409, 410, 414, 418, 421, 423, 451])(
    '%i takes nothing from us',
    status => {
      expect(outcomeOf({ carrier, status })).toBe('refused');
    },
  );
  test('no answer to what went out whole is doubt', () => {
    expect(outcomeOf({ carrier, status: 'no answer' })).toBe('doubtful');
  });
});

describe('a mail server', () => {
  const mail: readonly (readonly [SmtpStage, number, string | null, OutcomeState])[] = [
    ['greeting', 421, null, 'retry'],
    ['greeting', 554, null, 'refused'],
    ['tls', 454, null, 'retry'],
    ['tls', 502, null, 'refused'],
    ['login', 454, '4.7.0', 'retry'],
    ['login', 535, '5.7.139', 'refused'],
    ['login', 550, '5.7.30', 'refused'],
    ['sender', 451, null, 'retry'],
    ['sender', 530, '5.7.1', 'refused'],
    ['sender', 550, null, 'refused'],
    ['sender', 552, '5.3.4', 'rejected'],
    ['recipients', 450, '4.2.0', 'retry'],
    ['recipients', 452, '4.5.3', 'retry'],
    ['recipients', 550, '5.1.1', 'refused'],
    ['recipients', 550, '5.4.5', 'refused'],
    ['message', 451, null, 'retry'],
    ['message', 452, '4.2.2', 'retry'],
    ['message', 550, '5.4.5', 'refused'],
    ['message', 550, null, 'rejected'],
    ['message', 552, null, 'rejected'],
    ['message', 554, '5.6.0', 'rejected'],
  ];
  test.each(mail)('at %s says %i %s: %s', (stage, status, code, state) => {
    expect(outcomeOf({ carrier: 'smtp', status, code, stage })).toBe(state);
  });
  test('that speaks no TLS where it is demanded takes nothing', () => {
    const code = 'ERR_SSL_WRONG_VERSION_NUMBER';
    expect(outcomeOf({ carrier: 'smtp', status: 'no connection', code, stage: 'tls' })).toBe('refused');
    expect(outcomeOf({ carrier: 'webhook', status: 'no connection', code })).toBe('retry');
  });
  test('that cannot be reached is tried again, one that says nothing after the dot is doubt', () => {
    expect(outcomeOf({ carrier: 'smtp', status: 'no connection', stage: 'greeting' })).toBe('retry');
    expect(outcomeOf({ carrier: 'smtp', status: 'no answer', stage: 'message' })).toBe('doubtful');
  });
});

test('an answer that nobody knows settles nothing', () => {
  for (const carrier of ['webhook', 'bot', 'pager', 'acs', 'smtp'] as const) {
    for (const status of [0, 99, 600, 999]) expect(outcomeOf({ carrier, status })).toBe('retry');
  }
});

test('every row says where it comes from', () => {
  for (const { source } of OUTCOMES) expect(source.length).toBeGreaterThan(10);
});
