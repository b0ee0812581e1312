import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Clock } from '../base/instant.ts';
import { alertCard } from '../messages/alert-card.ts';
import type { CardView } from '../messages/card-parts.ts';
import { digestCard } from '../messages/digest-card.ts';
import { operatorCard } from '../messages/operator-card.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import { createPoster } from './post-json.ts';

export interface TeamsWebhookOptions {
  readonly id: string;
  /** Workflows webhook, signature included. */
  readonly url: string;
  readonly view: CardView;
  readonly clock: Clock;
  /** Default 15 s. */
  readonly timeoutMs?: number;
}

/**
 * A Teams channel behind a Workflows webhook. *Delivered* means that the workflow took the card, not that it posted it:
 * it answers before it does.
 */
export function createTeamsWebhook(options: TeamsWebhookOptions & Pick<Channel, 'audience'>): Channel {
  const { id, audience, view } = options;
  const post = createCardPoster(options);
  return {
    id,
    audience,
    paceMs: 1000,
    deliver: message =>
      post(message.kind === 'digest' ? digestCard(message, view) : alertCard(message, view, { audience })),
  };
}

/** The operator's Teams channel. */
export function createOperatorTeams(options: TeamsWebhookOptions): OperatorChannel {
  const post = createCardPoster(options);
  return { id: options.id, tell: message => post(operatorCard(message, options.view)) };
}

function createCardPoster({ url, clock, timeoutMs = 15_000 }: TeamsWebhookOptions) {
  const post = createPoster({ carrier: 'webhook', url, clock, timeoutMs });
  return (content: IAdaptiveCard) =>
    post({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
    });
}
