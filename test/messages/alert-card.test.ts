import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { alertCard } from '../../src/messages/alert-card.ts';
import { faultsOf } from './card-lint.ts';
import { aMessage, anEscalation, facts, now, view } from './samples.ts';

const shown = (message: Parameters<typeof alertCard>[0]) => JSON.stringify(alertCard(message, view).body);

describe('alert card', () => {
  test.each([
    ['new', aMessage(), 'New lead · 13 days left'],
    ['new co-sell', aMessage({ facts: { ...facts, type: 'Shared' } }), 'New co-sell opportunity · 13 days left'],
    ['reminder', anEscalation('reminder', 6 * DAY), 'Reminder: unanswered lead · 6 days left'],
    ['warning', anEscalation('warning', 2 * DAY + 5 * HOUR), 'Warning: unanswered lead · 2 days 5 hours left'],
    ['critical', anEscalation('critical', 6 * HOUR), 'Critical: unanswered lead · 6 hours left'],
    [
      'first told late',
      anEscalation('critical', HOUR, { firstTold: true }),
      'Critical: new, unanswered lead · 1 hour left',
    ],
    [
      'gone',
      aMessage({ kind: 'gone', exit: 'gone' }),
      'Partner Center no longer shows this lead: withdrawn, or hidden',
    ],
    ['answered', aMessage({ kind: 'answered', exit: 'declined' }), 'Lead answered: declined'],
    ['expired', aMessage({ kind: 'expired', exit: 'expired' }), 'Lead expired without an answer'],
  ])('%s: says its state in words, names customer, expiry date and id, and is sound', (_, message, state) => {
    const card = alertCard(message, view);
    const text = JSON.stringify(card.body);
    expect(text).toContain(state);
    expect(text).toContain('Wide World Importers & Sons');
    expect(text).toContain('Tue 17 Nov 2026, 00:00 UTC (estimated)');
    expect(text).toContain(message.alert.referralId);
    expect(card.fallbackText).toContain(message.alert.referralId);
    expect(faultsOf(card)).toEqual([]);
  });

  test('shows the facts there are and leaves out those that are missing', () => {
    expect(shown(aMessage())).toMatch(/EUR 250,000.*Netherlands.*Azure, Data Analytics.*marketing qualified/);
    const bare = {
      ...facts,
      customer: null,
      deal: null,
      value: null,
      country: null,
      solutions: [],
      qualification: null,
      customerRequestedContact: false,
    };
    const card = alertCard(aMessage({ facts: bare }), view);
    expect(faultsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/null|undefined|"Value"|"Country"|"Solution"/);
    expect(JSON.stringify(card)).toContain('Customer not named');
  });

  test('dates are in the zone of the reader', () => {
    const card = alertCard(aMessage(), { ...view, timeZone: 'America/New_York' });
    expect(JSON.stringify(card)).toContain('Mon 16 Nov 2026, 19:00 GMT-5');
  });

  test('says what is doubtful: a repeat, an unconfirmed state, an alert told late', () => {
    const text = shown(anEscalation('warning', DAY, { mayBeRepeat: true, unconfirmedSince: now, firstTold: true }));
    expect(text).toContain('may be a repeat');
    expect(text).toContain('could not be confirmed since Tue 3 Nov 2026, 16:20 UTC');
    expect(text).toContain('It is new');
  });

  test('tells those on call why they see it', () => {
    const message = anEscalation('critical', HOUR);
    expect(JSON.stringify(alertCard(message, view, { audience: 'on-call' }))).toContain('because you are on call');
    expect(shown(message)).not.toContain('on call');
  });

  test('takes actions and lines of a channel that hears back', () => {
    const card = alertCard(aMessage(), view, {
      actions: [{ type: 'Action.Execute', title: 'Claim', verb: 'claim', data: { id: 'x' } }],
      notes: ['Snoozed until tomorrow.'],
    });
    expect(card.actions?.map(action => action.type)).toEqual(['Action.Execute', 'Action.OpenUrl']);
    expect(JSON.stringify(card.body)).toContain('Snoozed until tomorrow.');
    expect(faultsOf(card)).toEqual([]);
  });
});
