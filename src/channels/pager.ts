import type { Clock } from '../base/instant.ts';
import type { CardView } from '../messages/card-parts.ts';
import { expiryInWords, leftInWords } from '../messages/format.ts';
import { clean } from '../messages/text.ts';
import { titleOf, wordingOf } from '../messages/wording.ts';
import type { Alert } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import { createPoster } from './post-json.ts';

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
  return {
    id,
    audience: 'on-call',
    paceMs: 0,
    async deliver(message): Promise<Outcome> {
      if (message.kind === 'digest') return { state: 'rejected', reason: 'a pager takes single alerts, no digest' };
      const { alert, now } = message;
      const outcome = await post(isExit(alert) ? resolve(key, alert.referralId) : trigger(key, alert, now, view));
      return outcome.state === 'delivered' ? { ...outcome, reference: alert.referralId } : outcome;
    },
  };
}

/** Triggers a test incident and resolves it at once. The outcome is that of the first step that fails. */
export async function testPager(options: Pick<PagerOptions, 'url' | 'key' | 'clock' | 'timeoutMs'>): Promise<Outcome> {
  const { url, key, clock, timeoutMs = 15_000 } = options;
  const post = createPoster({ carrier: 'pager', url, clock, timeoutMs });
  const dedupKey = `referral-alerts-test-${clock()}`;
  const outcome = await post({
    routing_key: key,
    event_action: 'trigger',
    dedup_key: dedupKey,
    payload: { summary: 'Referral Alerts: this is a test', source: SOURCE, severity: 'info' },
  });
  return outcome.state === 'delivered' ? post(resolve(key, dedupKey)) : outcome;
}

const SOURCE = 'Referral Alerts';

function resolve(key: string, dedupKey: string) {
  return { routing_key: key, event_action: 'resolve', dedup_key: dedupKey };
}

function trigger(key: string, alert: Alert, now: number, view: CardView) {
  const { notes, facts } = wordingOf(alert, now, view.timeZone);
  const left = leftInWords(alert.expiry.at - now);
  return {
    routing_key: key,
    event_action: 'trigger',
    dedup_key: alert.referralId,
    client: SOURCE,
    links: [{ href: view.linkFor(alert.referralId, alert.engagementId), text: 'Open in Partner Center' }],
    payload: {
      summary: `Unanswered referral, ${left}: ${clean(titleOf(alert.facts), 200)}`,
      source: SOURCE,
      severity: alert.step?.severity === 'critical' ? 'critical' : 'warning',
      timestamp: new Date(now).toISOString(),
      custom_details: {
        ...Object.fromEntries(facts.map(({ label, value }) => [label, value])),
        Expires: expiryInWords(alert.expiry, view.timeZone),
        ...(notes.length > 0 ? { Notes: notes.join(' ') } : {}),
      },
    },
  };
}
