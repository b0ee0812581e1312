import type { TokenCredential } from '@azure/identity';
import type { Surroundings } from '../app.ts';
import type { CardView } from '../channels/card-parts.ts';
import type { Channel, OperatorChannel } from '../channels/channel.ts';
import { createOperatorSmtp, createSmtpEmail } from '../channels/smtp-email.ts';
import { createOperatorTeams, createTeamsWebhook } from '../channels/teams-webhook.ts';
import type { Settings } from '../settings.ts';

export interface ChannelDeps extends Surroundings {
  readonly view: CardView;
  readonly identity: TokenCredential;
}

/** Every channel that the settings name. */
export function createChannels(settings: Settings, deps: ChannelDeps) {
  const { teamsWebhookUrl, email, onCall, operator } = settings;
  const channels: Channel[] = [];
  const operators: OperatorChannel[] = [];

  if (teamsWebhookUrl) {
    channels.push(createTeamsWebhook({ id: 'teams', audience: 'sales', url: teamsWebhookUrl, ...deps }));
  }
  if (email && email.to.length > 0) channels.push(createEmail('email', 'sales', email.to));
  if (onCall.teamsWebhookUrl) {
    channels.push(
      createTeamsWebhook({ id: 'oncall-teams', audience: 'on-call', url: onCall.teamsWebhookUrl, ...deps }),
    );
  }
  if (onCall.emailTo.length > 0) channels.push(createEmail('oncall-email', 'on-call', onCall.emailTo));

  if (operator.teamsWebhookUrl) {
    operators.push(createOperatorTeams({ id: 'operator-teams', url: operator.teamsWebhookUrl, ...deps }));
  }
  if (operator.emailTo.length > 0 && email?.carrier.kind === 'smtp') {
    const { from, carrier } = email;
    operators.push(
      createOperatorSmtp({ id: 'operator-email', to: operator.emailTo, from, smtpUrl: carrier.url, ...deps }),
    );
  }
  return { channels, operators };

  function createEmail(id: string, audience: Channel['audience'], to: readonly string[]): Channel {
    if (email?.carrier.kind !== 'smtp') throw new Error(`${id} has no carrier`);
    return createSmtpEmail({ id, audience, to, from: email.from, smtpUrl: email.carrier.url, ...deps });
  }
}
