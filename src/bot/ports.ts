import type { Clock, Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { CardView } from '../messages/view.ts';
import type { EscalationStep } from '../model/alert.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { ConversationStore } from '../model/conversation-store.ts';
import type { Referral } from '../model/referral.ts';
import type { BotIdentity } from './identity.ts';
import type { CallerOptions } from './verify-caller.ts';

/** What the bot is given: who it is, what it may do, and ways to reach what others keep. */
export interface BotOptions extends BotIdentity, Omit<CallerOptions, 'clock'> {
  /** Entra object ids of those who may bind and unbind; null: anybody of the tenant. */
  readonly admins: readonly string[] | null;
  readonly claimExpiresAfterMs: number;
  /** For all that one delivery of a poll sends. Default 15 s. */
  readonly deliveryMs?: number;
  /** For the answer to somebody who pressed a button, all that it takes included. Default 9 s: Teams gives up after ten. */
  readonly answerMs?: number;
  readonly steps: readonly EscalationStep[];
  /** Who is called by name at `critical`: user principal names or Entra object ids. */
  readonly onCall: readonly string[];
  readonly view: CardView;
  readonly conversations: ConversationStore;
  readonly checkpoints: Pick<CheckpointStore, 'loadOpen' | 'find' | 'update'>;
  /** One referral, fresh by id; null when Partner Center does not know it. Stops when the signal says so. */
  fetchReferral(id: string, signal: AbortSignal): Promise<Referral | null>;
  /** The detail view, contacts in it. */
  detailCard(referral: Referral, known: Checkpoint, now: Instant): Promise<object>;
  /** How the last poll left things. */
  lastPoll(): Promise<{ readonly lastGoodPollAt: Instant | null; readonly pending: number }>;
  readonly clock: Clock;
  readonly log: Log;
}
