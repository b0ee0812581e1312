import type { Clock } from '../base/instant.ts';
import { pageOf } from '../messages/page.ts';
import type { CardView } from '../messages/view.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Channel, LastResortMessage, Message, Outcome } from '../model/channel.ts';
import { createPoster } from './post-json.ts';
import { markOf } from './short-name.ts';

export interface PagerOptions {
  readonly id: string;
  /** Full address of a PagerDuty Events v2 endpoint. */
  readonly url: string;
  /** Integration key: a secret, only ever in the body. */
  readonly key: string;
  readonly view: CardView;
  readonly clock: Clock;
  /** Default 15 s. */
  readonly timeoutMs?: number;
}

/** Pages whoever is on call. One incident a referral, however often it is told; resolved when it is over. */
export function createPager(options: PagerOptions): Channel {
  const { id, key, view, timeoutMs = 15_000 } = options;
  const post = createPoster({ carrier: 'pager', url: options.url, clock: options.clock, timeoutMs });

  async function eachIncident(message: LastResortMessage): Promise<Outcome> {
    for (const [dedupKey, rows] of Map.groupBy(message.rows, ({ incident }) => incident)) {
      const outcome = await post(trigger(key, dedupKey, { ...message, rows }, view));
      if (outcome.state !== 'delivered') return outcome;
    }
    return { state: 'delivered' };
  }

  return {
    id,
    audience: 'on-call',
    mark: markOf(options.url, key),
    incidents: true,
    paceMs: 0,
    async deliver(message): Promise<Outcome> {
      if (message.kind === 'last-resort') return eachIncident(message);
      if (message.kind === 'test') return testIncident(post, key, message.key);
      if (message.kind === 'digest' && message.incident !== undefined) {
        const { incident, of } = message;
        return post(isExit(of) ? resolve(key, incident) : trigger(key, incident, message, view));
      }
      if (message.kind !== 'alert') return { state: 'rejected', reason: 'a pager takes single alerts, no digest' };
      const { alert } = message;
      const outcome = await post(
        isExit(alert) ? resolve(key, alert.referralId) : trigger(key, alert.referralId, message, view),
      );
      return outcome.state === 'delivered' ? { ...outcome, reference: alert.referralId } : outcome;
    },
  };
}

/** Triggers a test incident and resolves it at once. The outcome is that of the first step that fails. */
async function testIncident(post: (body: object) => Promise<Outcome>, key: string, test: string): Promise<Outcome> {
  const dedupKey = `referral-alerts-${test}`;
  const outcome = await post({
    routing_key: key,
    event_action: 'trigger',
    dedup_key: dedupKey,
    payload: {
      summary: 'Referral Alerts: this is a test, and nothing is to be done',
      source: SOURCE,
      severity: 'info',
    },
  });
  return outcome.state === 'delivered' ? post(resolve(key, dedupKey)) : outcome;
}

const SOURCE = 'Referral Alerts';

function resolve(key: string, dedupKey: string) {
  return { routing_key: key, event_action: 'resolve', dedup_key: dedupKey };
}

function trigger(key: string, dedupKey: string, message: Message, view: CardView) {
  const { summary, severity, details, links } = pageOf(message, view);
  return {
    routing_key: key,
    event_action: 'trigger',
    dedup_key: dedupKey,
    client: SOURCE,
    links,
    payload: {
      summary,
      source: SOURCE,
      severity,
      timestamp: new Date(message.now).toISOString(),
      custom_details: details,
    },
  };
}
