import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Clock } from '../base/instant.ts';
import { cardOf, summaryOf } from '../messages/card.ts';
import { operatorCard, operatorSummary } from '../messages/operator-card.ts';
import type { CardView } from '../messages/view.ts';
import type { Channel, OperatorChannel } from '../model/channel.ts';
import { createPoster } from './post-json.ts';
import { markOf } from './short-name.ts';

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
    mark: markOf(options.url),
    paceMs: 1000,
    deliver: message => post(cardOf(message, view, { audience }), summaryOf(message, view)),
  };
}

/** The operator's Teams channel. */
export function createOperatorTeams(options: TeamsWebhookOptions): OperatorChannel {
  const post = createCardPoster(options);
  const { view } = options;
  return {
    id: options.id,
    tell: message => post(operatorCard(message, view), operatorSummary(message, view)),
    deliver: message => post(cardOf(message, view), summaryOf(message, view)),
  };
}

function createCardPoster({ url, clock, timeoutMs = 15_000 }: TeamsWebhookOptions) {
  const post = createPoster({ carrier: 'webhook', url, clock, timeoutMs });
  // A flow that is told to posts the summary before the card; the toast of a card alone says only "Card".
  return (content: IAdaptiveCard, summary: string | null) =>
    post({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
      ...(summary === null ? {} : { summary }),
    });
}
