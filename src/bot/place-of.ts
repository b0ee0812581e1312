import type { Conversation } from '../model/conversation-store.ts';
import type { IncomingActivity } from './activity.ts';

type Place = Pick<Conversation, 'team' | 'channel' | 'kind' | 'serviceUrl' | 'botId'>;

/** Where an activity happened. Channel messages carry their thread in the conversation's id; a place has none. */
export function placeOf(activity: IncomingActivity & { readonly serviceUrl: string }): Place {
  const { serviceUrl } = activity;
  const botId = activity.recipient?.id ?? '';
  const bare = (activity.conversation?.id ?? '').split(';')[0] as string;
  const team = idOf(activity.channelData?.team);
  const type = activity.conversation?.conversationType;
  if (type === 'personal') return { team: bare, channel: bare, kind: 'personal', serviceUrl, botId };
  if (team === null && type !== 'channel') return { team: bare, channel: bare, kind: 'chat', serviceUrl, botId };
  const channel = idOf(activity.channelData?.channel) ?? bare;
  return { team: team ?? channel, channel, kind: 'channel', serviceUrl, botId };
}

/** The conversation in whose thread an answer to this message belongs. */
export function threadFor(activity: IncomingActivity & { readonly serviceUrl: string }): string {
  const id = activity.conversation?.id ?? '';
  if (placeOf(activity).kind !== 'channel' || id.includes(';messageid=') || !activity.id) return id;
  return `${id};messageid=${activity.id}`;
}

/** Whether a message is for the bot: in a personal chat always, elsewhere when it is mentioned. */
export function isForBot(activity: IncomingActivity & { readonly serviceUrl: string }): boolean {
  if (placeOf(activity).kind === 'personal') return true;
  const { entities, text } = activity as { entities?: unknown; text?: unknown };
  const mentions = Array.isArray(entities) ? entities.filter(entity => entity?.type === 'mention') : [];
  if (mentions.length === 0) return typeof text === 'string' && /^\s*<at\b/i.test(text);
  return mentions.some(mention => mention.mentioned?.id === activity.recipient?.id);
}

/** Two machines must not talk to each other for ever. */
export function isFromBot({ from }: IncomingActivity): boolean {
  return from?.id?.startsWith('28:') ?? false;
}

function idOf(value: unknown): string | null {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' && id !== '' ? id : null;
}
