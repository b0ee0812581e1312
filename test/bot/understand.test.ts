import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, understood } from '../../src/bot/understand.ts';
import { anyText } from '../support/any-text.ts';

const AT = '<at>Referral Alerts</at>';
const bind = (name: string | null = null): Command => ({ verb: 'use this channel', name });

it.each<[string, Command]>([
  ['use this channel', bind()],
  [`${AT} use this channel`, bind()],
  [`${AT}&nbsp;use this channel`, bind()],
  ['Use this channel.', bind()],
  ['use this channel please', bind()],
  ['Please, use this channel!', bind()],
  ['could you please use this channel, thanks', bind()],
  ['/use this channel', bind()],
  ['**use this channel**', bind()],
  ['“use this channel”', bind()],
  ['use this chat', bind()],
  ['use this chanel', bind()],
  ['use\u00a0this\u200bchannel'.replace('\u200b', ' '), bind()],
  ['use this channel for Nordics', bind('Nordics')],
  ['please use this channel for Nordics, please', bind('Nordics')],
  ['use this channel for R&amp;D', bind('R&D')],
  ['use this channel for O’Brien’s team', bind('O’Brien’s team')],
  ['use this channel for Sales_EMEA', bind('Sales_EMEA')],
  ['stop', { verb: 'stop' }],
  ['/stop', { verb: 'stop' }],
  ['Stop please.', { verb: 'stop' }],
  ['status?', { verb: 'status' }],
  ['hi, status please', { verb: 'status' }],
  ['stauts', { verb: 'status' }],
  ['statu', { verb: 'status' }],
  ['List', { verb: 'list' }],
  ['/list', { verb: 'list' }],
  ['lst', { verb: 'list' }],
  ['/help', { verb: 'help' }],
  ['HELP!', { verb: 'help' }],
  ['halp', { verb: 'help' }],
  [`<p>${AT}&nbsp;help</p>`, { verb: 'help' }],
])('%s', (text, command) => {
  expect(understood(text)).toEqual(command);
});

describe('is not understood', () => {
  it.each([
    '',
    'hi',
    'please',
    'what can you do',
    'use',
    'use this',
    'use that channel',
    'stop it',
    'shop',
    'step',
    'tsop',
  ])('%s', text => {
    expect(understood(text)).toBeNull();
  });
});

it('takes whatever is said', () => {
  fc.assert(
    fc.property(anyText(), text => {
      understood(text);
    }),
  );
});

it('forgives one slip in what changes nothing, and none in `stop`', () => {
  const slip = (word: string) =>
    fc
      .tuple(fc.nat(word.length - 1), fc.constantFrom('x', ''))
      .map(([at, letter]) => word.slice(0, at) + letter + word.slice(at + 1));
  for (const verb of ['status', 'list', 'help'] as const) {
    fc.assert(fc.property(slip(verb), typed => understood(typed)?.verb === verb));
  }
  fc.assert(fc.property(slip('stop'), typed => understood(typed) === null));
});
