import type { Activity } from 'botbuilder';
import { type Headers, retryAfterMs } from '../base/retry-after.ts';
import type { BotAdapter } from './adapter.ts';
import { ConnectorError } from './connector-error.ts';

/** Where Teams takes calls about a conversation, and as whom. */
export interface Place {
  readonly serviceUrl: string;
  readonly botId: string;
}

/** What Teams is given to show, and what its notification says. */
export type Post = { readonly summary: string } & ({ readonly card: object } | { readonly text: string });

/** The few things we ask of Teams. All of them throw ConnectorError. */
export interface TeamsGateway {
  /** Answers the id of what was posted; null where Teams tells none. A bare channel id starts a new thread. */
  post(place: Place, conversationId: string, post: Post): Promise<string | null>;
  update(place: Place, conversationId: string, activityId: string, post: Post): Promise<void>;
  /** Gives everything that `work` sends the time of one delivery. */
  withinPoll<T>(work: () => Promise<T>): Promise<T>;
}

export function createTeamsGateway(adapter: BotAdapter): TeamsGateway {
  return {
    async post(place, conversationId, post) {
      let id: string | null = null;
      await guardedPost(() =>
        adapter.reach(reference(place, conversationId), async context => {
          id = (await context.sendActivity(toActivity(post)))?.id || null;
        }),
      );
      return id;
    },
    async update(place, conversationId, activityId, post) {
      await guarded(() =>
        adapter.reach(reference(place, conversationId), async context => {
          await context.updateActivity({ ...toActivity(post), id: activityId });
        }),
      );
    },
    withinPoll: adapter.withinPoll,
  };
}

export function toActivity(post: Post): Partial<Activity> {
  const { summary } = post;
  if ('text' in post) return { type: 'message', summary, text: post.text, textFormat: 'markdown' };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', summary, attachments: [{ contentType, content: post.card }] };
}

function reference({ serviceUrl, botId }: Place, conversationId: string) {
  return {
    channelId: 'msteams',
    serviceUrl,
    bot: { id: botId, name: '' },
    user: { id: '', name: '' },
    conversation: { id: conversationId, isGroup: true, conversationType: 'channel', name: '' },
  };
}

/** Runs a call to Teams and lets only what may be logged out of its error. */
export async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toConnectorError(error, false);
  }
}

/** The same of a call that says something: said twice it would be a repeat. */
async function guardedPost<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toConnectorError(error, true);
  }
}

/** Failures before anything went out. */
const NOTHING_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|NoTokenError)$|CERT|TLS|SSL/;

function toConnectorError(error: unknown, isPost: boolean): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { statusCode, code, response, name } = error as {
    statusCode?: unknown;
    code?: unknown;
    name?: unknown;
    response?: { headers?: Headers };
  };
  const status = typeof statusCode === 'number' ? statusCode : null;
  const word = [code, name].find(text => typeof text === 'string' && /^\w{2,60}$/.test(text)) as string | undefined;
  const retryAfter = status !== null && response?.headers?.get ? retryAfterMs(response.headers, Date.now()) : null;
  const mayHaveArrived = isPost && status === null && !NOTHING_SENT.test(word ?? '');
  return new ConnectorError(status, word ?? null, retryAfter, mayHaveArrived);
}
