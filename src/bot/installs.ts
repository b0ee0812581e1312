import type { Clock } from '../base/instant.ts';
import type { ConversationStore } from '../model/conversation-store.ts';
import type { IncomingActivity } from './activity.ts';
import { placeOf } from './place-of.ts';

type Incoming = IncomingActivity & { readonly serviceUrl: string };

/** Keeps track of where the bot was added and removed. Teams tells both several times over. */
export function createInstalls({ conversations, clock }: { conversations: ConversationStore; clock: Clock }) {
  /** Says whether this is the first that was heard of an install, and a greeting is due. */
  async function added(activity: Incoming): Promise<boolean> {
    const place = placeOf(activity);
    const row = place.kind === 'channel' ? ({ ...place, channel: 'team', kind: 'team' } as const) : place;
    return await conversations.add({ ...row, addedAt: clock() });
  }

  async function removed(activity: Incoming): Promise<void> {
    await conversations.removeTeam(placeOf(activity).team);
  }

  /** Follows an activity that may tell of the bot being added or removed; true when a greeting is due. */
  async function follow(activity: Incoming): Promise<boolean> {
    switch (changeOf(activity)) {
      case 'added':
        return await added(activity);
      case 'removed':
        await removed(activity);
        return false;
      case 'channel-removed': {
        const { team, channel } = placeOf(activity);
        await conversations.remove(team, channel);
        return false;
      }
      default:
        return false;
    }
  }

  return { follow };
}

type Change = 'added' | 'removed' | 'channel-removed';

function changeOf(activity: Incoming): Change | null {
  const { type, action, membersAdded, membersRemoved } = activity as Incoming & Record<string, unknown>;
  if (type === 'installationUpdate') {
    if (action === 'add') return 'added';
    return action === 'remove' ? 'removed' : null;
  }
  if (type !== 'conversationUpdate') return null;
  if (namesBot(membersAdded, activity)) return 'added';
  if (namesBot(membersRemoved, activity)) return 'removed';
  switch (activity.channelData?.eventType) {
    case 'channelDeleted':
      return 'channel-removed';
    case 'teamDeleted':
    case 'teamHardDeleted':
      return 'removed';
    default:
      return null;
  }
}

function namesBot(members: unknown, activity: Incoming): boolean {
  return Array.isArray(members) && members.some(member => member?.id && member.id === activity.recipient?.id);
}
