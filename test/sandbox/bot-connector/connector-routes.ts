import type { Context, Hono } from 'hono';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Signer } from '../authority/signer.ts';
import { type Bindings, hang, reset } from '../serve.ts';
import { type ConnectorCall, type ConversationState, type Message, type Person, teamsId, type World } from './world.ts';

/** Troubles of the connector. A number of `times` ends one after so many calls. */
export interface ConnectorFault {
  readonly kind?: ConnectorCall['kind'];
  readonly conversationId?: string;
  /** A status to answer with, or no answer at all. */
  readonly answer: number | 'reset' | 'hang';
  readonly code?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Acts first, then fails: the post is there, its sender does not know. */
  readonly afterwards?: true;
  times: number;
}

export interface ConnectorRoutesOptions {
  readonly appId: string;
  readonly botId: string;
  /** What the bot's tokens must be for. */
  readonly service: string;
  readonly world: World;
  readonly signer: Signer;
  readonly faults: ConnectorFault[];
  /** Where the tenant is now: `emea`. Every other region sends its callers away. */
  readonly region: () => string;
  readonly changed: () => void;
}

const LARGEST = 100 * 1024;

/** What a bot may call, as the Bot Connector's REST documents say, with what Teams makes of it. */
export function addConnectorRoutes(app: Hono<Bindings>, options: ConnectorRoutesOptions): void {
  const { world, signer, faults, botId } = options;
  let counter = 0;
  // In Teams an activity's id is a moment; a clock that stands still must not give one twice.
  const nextId = () => String(Math.floor(Date.now() / 1000) * 1_000_000 + ++counter);

  async function isOurs(context: Context<Bindings>): Promise<boolean> {
    const token = context.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    const keys: JSONWebKeySet = { keys: [...signer.keys()] };
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
        audience: options.service,
        currentDate: new Date(),
      });
      return payload.appid === options.appId;
    } catch {
      return false;
    }
  }

  type Act = (call: ConnectorCall, conversation: ConversationState, body: unknown) => Answer;
  type Answer = { status: 200 | 201 | 400 | 403 | 404 | 413 | 500; body: object };

  function route(method: 'get' | 'post' | 'put' | 'delete', path: string, kind: ConnectorCall['kind'], act: Act): void {
    app[method](`/:region/v3${path}`, async context => {
      const [conversationId = '', thread] = decodeURIComponent(context.req.param('conversation') ?? '').split(
        ';messageid=',
      );
      const raw = method === 'get' || method === 'delete' ? '' : await context.req.text();
      const body = parse(raw);
      const call: ConnectorCall = {
        at: Date.now(),
        method: method.toUpperCase(),
        path: context.req.path,
        conversationId: conversationId || null,
        threadId: thread ?? null,
        activityId: context.req.param('activity') ?? null,
        kind: kind === 'post' && thread ? 'reply' : kind,
        body,
        status: null,
      };
      world.calls.push(call);
      const answer = (status: number, content: object, headers: Record<string, string> = {}) => {
        call.status = status;
        options.changed();
        return context.json(content, status as 200, headers);
      };
      if (!(await isOurs(context))) return answer(401, error('Unauthorized', 'The token is not accepted.'));
      const fault = faultFor(call);
      if (fault && !fault.afterwards) return await fail(context, fault, answer);
      if (context.req.param('region') !== options.region()) {
        return answer(403, error('Forbidden', 'User is from different region.'));
      }
      const conversation = world.conversations.find(({ id }) => id === conversationId);
      if (!conversation || conversation.deleted)
        return answer(404, error('ConversationNotFound', 'Conversation not found.'));
      if (!conversation.installed) {
        return answer(403, error('BotNotInConversationRoster', 'The bot is not part of the conversation roster.'));
      }
      if (raw.length * 2 > LARGEST) return answer(413, error('MessageSizeTooBig', 'Message size too large.'));
      const { status, body: content } = act(call, conversation, body);
      if (fault) return await fail(context, fault, answer);
      return answer(status, content);
    });
  }

  function faultFor(call: ConnectorCall): ConnectorFault | undefined {
    const at = faults.findIndex(
      ({ kind, conversationId }) =>
        (!kind || kind === call.kind) && (!conversationId || conversationId === call.conversationId),
    );
    const fault = faults[at];
    if (fault && --fault.times <= 0) faults.splice(at, 1);
    return fault;
  }

  async function fail(
    context: Context<Bindings>,
    { answer: how, code, retryAfter }: ConnectorFault,
    answer: (status: number, content: object, headers?: Record<string, string>) => Response,
  ): Promise<Response> {
    if (how === 'reset') return await reset(context);
    if (how === 'hang') return await hang();
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return answer(how, error(code ?? 'ServiceError', 'A planted trouble.'), headers);
  }

  function post(conversation: ConversationState, thread: string | null, body: unknown): Answer {
    const inChannel = conversation.kind === 'channel';
    if (thread && conversation.kind === 'meeting') return { status: 500, body: error('ServiceError', 'Unknown') };
    if (thread && conversation.moderated) {
      return { status: 403, body: error('MessageWritesBlocked', 'Replies are not allowed here.') };
    }
    // Chats have no threads.
    if (thread && !inChannel) return { status: 404, body: error('ConversationNotFound', 'Conversation not found.') };
    if (thread && !conversation.messages.some(({ id }) => id === thread)) {
      return { status: 404, body: error('ActivityNotFoundInConversation', 'Message does not exist in the thread.') };
    }
    const strangers = mentionsOf(body).filter(({ id }) => !isMember(conversation, id));
    if (strangers.length > 0) return { status: 400, body: error('BadArgument', 'A mentioned user cannot be found.') };
    const id = nextId();
    conversation.messages.push({
      id,
      threadId: thread ?? (inChannel ? id : conversation.id),
      conversationId: conversation.id,
      from: 'bot',
      at: Date.now(),
      editedAt: null,
      edits: 0,
      views: {},
      ...contentOf(body),
    });
    return { status: 201, body: { id } };
  }

  route('post', '/conversations/:conversation/activities', 'post', (call, conversation, body) =>
    post(conversation, call.threadId, body),
  );
  // In Teams a reply id does not put a message into a thread: it starts a new one.
  route('post', '/conversations/:conversation/activities/:activity', 'post', (_, conversation, body) =>
    post(conversation, null, body),
  );
  route('put', '/conversations/:conversation/activities/:activity', 'edit', (call, conversation, body) => {
    const message = conversation.messages.find(({ id, from }) => id === call.activityId && from === 'bot');
    if (!message) return { status: 404, body: error('ActivityNotFoundInConversation', 'Message does not exist.') };
    Object.assign(message, contentOf(body), { editedAt: Date.now(), edits: message.edits + 1, views: {} });
    return { status: 200, body: { id: message.id } };
  });
  route('delete', '/conversations/:conversation/activities/:activity', 'delete', (call, conversation) => {
    const at = conversation.messages.findIndex(({ id }) => id === call.activityId);
    if (at < 0) return { status: 404, body: error('ActivityNotFoundInConversation', 'Message does not exist.') };
    conversation.messages.splice(at, 1);
    return { status: 200, body: {} };
  });
  route('get', '/conversations/:conversation/members', 'other', (_, conversation) => ({
    status: 200,
    body: conversation.members.map(memberOf),
  }));
  route('get', '/conversations/:conversation/members/:activity', 'other', (call, conversation) => {
    const person = conversation.members.find(member => names(member, call.activityId ?? ''));
    return person
      ? { status: 200, body: memberOf(person) }
      : { status: 404, body: error('MemberNotFoundInConversation', 'No such member.') };
  });

  function isMember(conversation: ConversationState, id: string): boolean {
    return id === botId || conversation.members.some(member => names(member, id));
  }
}

function names(person: Person, id: string): boolean {
  return [person.objectId, person.upn, teamsId(person)].includes(id);
}

function memberOf(person: Person): object {
  const { objectId, upn, name } = person;
  return { id: teamsId(person), name, aadObjectId: objectId, userPrincipalName: upn, email: upn, userRole: 'user' };
}

function contentOf(body: unknown): Pick<Message, 'text' | 'card' | 'summary' | 'mentions'> {
  const { text, summary } = (body ?? {}) as { text?: string; summary?: string };
  return { text: text ?? null, card: cardOf(body), summary: summary ?? null, mentions: mentionsOf(body) };
}

function cardOf(body: unknown): Readonly<Record<string, unknown>> | null {
  const { attachments = [] } = (body ?? {}) as {
    attachments?: { contentType?: string; content?: Record<string, unknown> }[];
  };
  return (
    attachments.find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')?.content ?? null
  );
}

/** Those of the activity and those of its card. */
function mentionsOf(body: unknown): { id: string; name: string }[] {
  type Entity = { type?: string; mentioned?: { id?: string; name?: string } };
  const inCard = (cardOf(body)?.msteams as { entities?: Entity[] } | undefined)?.entities ?? [];
  const inActivity = ((body ?? {}) as { entities?: Entity[] }).entities ?? [];
  return [...inCard, ...inActivity]
    .filter(({ type }) => type === 'mention')
    .map(({ mentioned }) => ({ id: mentioned?.id ?? '', name: mentioned?.name ?? '' }));
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function error(code: string, message: string): object {
  return { error: { code, message } };
}
