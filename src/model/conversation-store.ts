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
  /** When somebody there was last shown what the bot understands without having asked. */
  readonly helpedAt?: Instant;
  readonly etag?: string;
}

/** Where the bot was installed. Every change is under the row's ETag. */
export interface ConversationStore {
  list(): Promise<Conversation[]>;
  find(team: string, channel: string): Promise<Conversation | null>;
  /** Adds it unless it is there already; says whether it did. */
  add(conversation: Conversation): Promise<boolean>;
  /**
   * Reads, changes and writes back; reads again when somebody was faster. `change` answers null when there is
   * nothing to write. Answers what stands in the table afterwards.
   */
  change(
    team: string,
    channel: string,
    change: (current: Conversation | null) => Conversation | null,
  ): Promise<Conversation | null>;
  /** Harmless when it is not there. */
  remove(team: string, channel: string): Promise<void>;
  /** Removes every conversation of a team; harmless when repeated. */
  removeTeam(team: string): Promise<void>;
}
