import type { TokenCredential } from '@azure/identity';
import type { Surroundings } from '../base/given.ts';
import { createAcsEmail, createOperatorAcs } from '../channels/acs-email.ts';
import { createPager } from '../channels/pager.ts';
import { createOperatorSmtp, createSmtpEmail } from '../channels/smtp-email.ts';
import { createOperatorTeams, createTeamsWebhook } from '../channels/teams-webhook.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import type { EmailSettings, Settings } from '../settings/settings.ts';

export interface ChannelDeps extends Surroundings {
  readonly view: CardView;
  readonly identity: TokenCredential;
}

/** Every channel that the settings name; a bot's are looked up at each poll. */
export function createChannels(settings: Settings, deps: ChannelDeps) {
  const { teamsWebhookUrl, email, onCall, operator } = settings;
  const channels: Channel[] = [];
  const operators: OperatorChannel[] = [];

  if (teamsWebhookUrl) {
    channels.push(createTeamsWebhook({ id: 'teams', audience: 'sales', url: teamsWebhookUrl, ...deps }));
  }
  if (email && email.to.length > 0) channels.push(createEmail(email, 'email', 'sales', email.to, deps));

  if (onCall.teamsWebhookUrl) {
    const url = onCall.teamsWebhookUrl;
    channels.push(createTeamsWebhook({ id: 'oncall-teams', audience: 'on-call', url, ...deps }));
  }
  if (email && onCall.emailTo.length > 0) {
    channels.push(createEmail(email, 'oncall-email', 'on-call', onCall.emailTo, deps));
  }
  if (onCall.pager) channels.push(createPager({ id: 'pager', ...onCall.pager, ...deps }));

  if (operator.teamsWebhookUrl) {
    operators.push(createOperatorTeams({ id: 'operator-teams', url: operator.teamsWebhookUrl, ...deps }));
  }
  if (email && operator.emailTo.length > 0) operators.push(createOperatorEmail(email, operator.emailTo, deps));
  return { channels, operators };
}

function createEmail(
  { from, carrier }: EmailSettings,
  id: string,
  audience: Channel['audience'],
  to: readonly string[],
  deps: ChannelDeps,
): Channel {
  const options = { id, audience, from, to, ...deps };
  if (carrier.kind === 'smtp') return createSmtpEmail({ ...options, smtpUrl: carrier.url });
  return createAcsEmail({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
}

function createOperatorEmail(
  { from, carrier }: EmailSettings,
  to: readonly string[],
  deps: ChannelDeps,
): OperatorChannel {
  const options = { id: 'operator-email', from, to, ...deps };
  if (carrier.kind === 'smtp') return createOperatorSmtp({ ...options, smtpUrl: carrier.url });
  return createOperatorAcs({ ...options, endpoint: carrier.endpoint, credential: deps.identity });
}
