import type { Instant } from '../base/instant.ts';

/** A place where the Teams bot was added or spoken to: a channel of a team, a chat, or the team itself. */
export interface Conversation {
  /** The team's id; a chat is its own team. */
  readonly team: string;
  /** The channel's or chat's id without a thread; `team` for the row that stands for the whole install. */
  readonly channel: string;
  readonly kind: 'team' | 'channel' | 'chat' | 'personal';
  /** Where Teams wants to be called about this conversation. Verified before it was kept. */
  readonly serviceUrl: string;
  /** The bot's own id in Teams. */
  readonly botId: string;
  readonly addedAt: Instant;
  /** Present while the conversation hears of referrals. */
  readonly boundAt?: Instant;
  /** Entra object id of whoever bound it. */
  readonly boundBy?: string;
  /** The name given with `use this channel for NAME`. */
  readonly name?: string;
  /** Another one each time it is bound, moved, restored, or the app is added there again: what it refused may be taken now. */
  readonly mark?: string;
  /** What of it Teams has deleted. It may be restored; until then nothing is sent there. */
  readonly deleted?: 'channel' | 'team';
  readonly etag?: string;
}

/** A conversation as it should stand, or null when there is nothing to write. */
export type Change<Current> = (current: Current) => Conversation | null;

/** Where the bot was installed. Every change is under the row's ETag. */
export interface ConversationStore {
  list(): Promise<Conversation[]>;
  find(team: string, channel: string): Promise<Conversation | null>;
  /** Adds it unless it is there already; says whether it did. */
  add(conversation: Conversation): Promise<boolean>;
  /**
   * Reads, changes and writes back; reads again when somebody was faster. Answers what stands in the table afterwards.
   */
  change(team: string, channel: string, change: Change<Conversation | null>): Promise<Conversation | null>;
  /** The same for every conversation of a team that is there. */
  changeTeam(team: string, change: Change<Conversation>): Promise<void>;
  /** Harmless when it is not there. */
  remove(team: string, channel: string): Promise<void>;
  /** Removes every conversation of a team; harmless when repeated. */
  removeTeam(team: string): Promise<void>;
}

/** Those that hear of referrals now, each channel once, whichever of its teams it was bound in. */
export function boundOf(conversations: readonly Conversation[]): Conversation[] {
  const bound = conversations.filter(({ boundAt, deleted }) => boundAt !== undefined && deleted === undefined);
  const latestLast = bound.toSorted((a, b) => (a.boundAt ?? 0) - (b.boundAt ?? 0));
  return [...new Map(latestLast.map(conversation => [conversation.channel, conversation])).values()];
}
