import type { IncomingActivity } from './activity.ts';

/** What an activity says of where the bot may speak. */
export type ChangeInTeams =
  | 'added'
  | 'removed'
  | 'channel disallowed'
  | 'channel deleted'
  | 'channel restored'
  | 'team deleted'
  | 'team restored';

const EVENTS: Readonly<Record<string, ChangeInTeams>> = {
  channelDeleted: 'channel deleted',
  channelRestored: 'channel restored',
  teamDeleted: 'team deleted',
  teamRestored: 'team restored',
  teamHardDeleted: 'removed',
};

/** Null when it says nothing of that. */
export function changeInTeams(activity: IncomingActivity): ChangeInTeams | null {
  const { type, action, membersAdded, membersRemoved } = activity as IncomingActivity & Record<string, unknown>;
  if (type === 'installationUpdate') {
    // An upgrade of the app ends in `add-upgrade` and begins with `remove-upgrade`, which removes nothing.
    if (action === 'add' || action === 'add-upgrade') return 'added';
    return action === 'remove' ? 'removed' : null;
  }
  if (type !== 'conversationUpdate') return null;
  const event = activity.channelData?.eventType;
  if (namesBot(membersAdded, activity)) return 'added';
  // An app of a team can be allowed and disallowed in each of its shared and private channels.
  if (namesBot(membersRemoved, activity)) return event === 'channelMemberRemoved' ? 'channel disallowed' : 'removed';
  return typeof event === 'string' && Object.hasOwn(EVENTS, event) ? (EVENTS[event] ?? null) : null;
}

function namesBot(members: unknown, { recipient }: IncomingActivity): boolean {
  return Array.isArray(members) && members.some(member => member?.id && member.id === recipient?.id);
}
