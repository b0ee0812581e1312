export interface Person {
  /** Entra object id. */
  readonly objectId: string;
  /** User principal name. */
  readonly upn: string;
  readonly name: string;
}

/** A message as Teams would show it. */
export interface Message {
  readonly id: string;
  /** The id of the thread's first message; its own for that one. */
  readonly threadId: string;
  readonly conversationId: string;
  /** The bot, or the person who wrote it. */
  readonly from: 'bot' | Person;
  /** Milliseconds since 1970, by the clock of this process. */
  readonly at: number;
  text: string | null;
  card: Readonly<Record<string, unknown>> | null;
  summary: string | null;
  /** Whom it calls by name. */
  mentions: readonly { readonly id: string; readonly name: string }[];
  editedAt: number | null;
  edits: number;
  /** What one person sees in the card's place after pressing a button, by Entra object id. */
  readonly views: Record<string, Readonly<Record<string, unknown>>>;
}

export interface ConversationState {
  readonly id: string;
  readonly name: string;
  /** A meeting is a group chat that answers in its own way. */
  readonly kind: 'channel' | 'groupChat' | 'meeting' | 'personal';
  /** Null for chats. */
  readonly teamId: string | null;
  readonly members: readonly Person[];
  /** Whether the bot may post here. */
  installed: boolean;
  /** Deleted: every call about it answers 404. */
  deleted: boolean;
  /** Its owners let nobody reply in threads. */
  moderated: boolean;
  readonly messages: Message[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly ConversationState[];
}

/** One call the bot made. `status` is null while it is open or when it was cut off. */
export interface ConnectorCall {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly conversationId: string | null;
  readonly threadId: string | null;
  readonly activityId: string | null;
  readonly kind: 'post' | 'reply' | 'edit' | 'delete' | 'other';
  readonly body: unknown;
  status: number | null;
}

export interface World {
  readonly teams: readonly Team[];
  readonly conversations: readonly ConversationState[];
  readonly calls: ConnectorCall[];
}

/** People of the fictitious company that Microsoft's samples are about. */
export const PEOPLE: readonly Person[] = [
  { objectId: '11111111-aaaa-4aaa-8aaa-000000000001', upn: 'adele@contoso.example', name: 'Adele Vance' },
  { objectId: '11111111-aaaa-4aaa-8aaa-000000000002', upn: 'megan@contoso.example', name: 'Megan Bowen' },
  { objectId: '11111111-aaaa-4aaa-8aaa-000000000003', upn: 'alex@contoso.example', name: 'Alex Wilber' },
];

export function createWorld(): World {
  const place = (
    kind: ConversationState['kind'],
    id: string,
    name: string,
    more: Partial<ConversationState> = {},
  ): ConversationState => ({
    ...{ id, name, kind, teamId: null, members: PEOPLE },
    ...{ installed: false, deleted: false, moderated: false, messages: [] },
    ...more,
  });
  const teams = ['sales', 'partners'].map((word): Team => {
    // A team has the id of its first channel.
    const id = `19:${word}-general@thread.tacv2`;
    const channels = [
      place('channel', id, 'General', { teamId: id }),
      place('channel', `19:${word}-leads@thread.tacv2`, 'Leads', { teamId: id }),
    ];
    return { id, name: word === 'sales' ? 'Contoso Sales' : 'Contoso Partners', channels };
  });
  const chats = [
    ...PEOPLE.map(person => place('personal', `a:${person.objectId}`, person.name, { members: [person] })),
    place('groupChat', '19:deals-chat@thread.v2', 'Deals'),
    place('meeting', '19:meeting_weekly@thread.v2', 'Weekly'),
  ];
  return { teams, conversations: [...teams.flatMap(team => team.channels), ...chats], calls: [] };
}

/** Teams' id for a person, as bots see it. */
export function teamsId(person: Person): string {
  return `29:${person.objectId}`;
}
