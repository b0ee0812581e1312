import { expect, test } from 'vitest';
import {
  alertChannels,
  CHANNEL_KINDS,
  openRegistry,
  operatorChannels,
  reportChannels,
} from '../../src/app/registry.ts';
import { sampleMessage } from '../../src/messages/message.ts';
import { readSettings } from '../../src/settings/read-settings.ts';
import { now, view } from '../messages/samples.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { createPagerSink } from '../sandbox/pager-sink/pager-sink.ts';
import { createTeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { keepingLog } from '../support/keeping-log.ts';

test('every kind of channel is there when it is set, tells under its own id, and can be looked at', async () => {
  const [teams, mail, pager] = await Promise.all([createTeamsSink(), createMailSink(), createPagerSink()]);
  const { other } = readSettings({
    TEAMS_WEBHOOK_URL: teams.webhookUrl('sales'),
    ONCALL_TEAMS_WEBHOOK_URL: teams.webhookUrl('oncall'),
    OPERATOR_TEAMS_WEBHOOK_URL: teams.webhookUrl('operator'),
    EMAIL_TO: 'sales@example.com',
    ONCALL_EMAIL_TO: 'on-call@example.com',
    OPERATOR_EMAIL_TO: 'operator@example.com',
    EMAIL_FROM: 'Referral Alerts <alerts@example.com>',
    SMTP_URL: mail.url,
    REPORT_AT: 'Mon 08:00',
    REPORT_TEAMS_WEBHOOK_URL: teams.webhookUrl('sales'),
    REPORT_EMAIL_TO: 'managers@example.com',
    ONCALL_PAGER_KEY: pager.routingKey,
    ONCALL_PAGER_URL: pager.enqueueUrl,
  });
  const identity = { getToken: async () => null };
  const bot = { handle: async () => ({ status: 200 }), channels: async () => [], hasIdentity: async () => true };
  const registry = openRegistry(other, { view, identity, bot, log: keepingLog(), clock: () => now });
  try {
    expect(registry.map(({ id }) => id)).toEqual(CHANNEL_KINDS.map(({ id }) => id));
    const alerts = await alertChannels(registry);
    expect(alerts.map(({ id }) => id)).toEqual(['teams', 'email', 'oncall-teams', 'oncall-email', 'pager']);
    for (const { id, audience } of alerts) {
      expect(audience).toBe(CHANNEL_KINDS.find(kind => kind.id === id)?.tells);
    }
    expect(operatorChannels(registry).map(({ id }) => id)).toEqual(['operator-teams', 'operator-email']);
    const managers = reportChannels(registry);
    expect(managers.map(({ id }) => id)).toEqual(['report-teams', 'report-email']);
    for (const channel of [...alerts, ...managers])
      expect(await channel.deliver(sampleMessage(now))).toMatchObject({ state: 'delivered' });
    for (const { id, probe } of registry)
      expect([id, (await probe()).state]).toEqual([id, id === 'bot' ? 'warning' : 'ok']);
  } finally {
    await Promise.all([teams.close(), mail.close(), pager.close()]);
  }
});

test('what is not set, or cannot work, is not there', () => {
  const { other } = readSettings({ TEAMS_WEBHOOK_URL: 'x', EMAIL_TO: 'a@example.com', ONCALL_PAGER_KEY: 'k' });
  const identity = { getToken: async () => null };
  const registry = openRegistry(other, { view, identity, bot: null, log: keepingLog(), clock: () => now });
  expect(registry.map(({ id }) => id)).toEqual(['pager']);
});
