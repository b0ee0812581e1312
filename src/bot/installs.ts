import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/instant.ts';
import type { Conversation, ConversationStore } from '../model/conversation-store.ts';
import type { IncomingActivity } from './activity.ts';
import { type ChangeInTeams, changeInTeams } from './change-in-teams.ts';
import { placeOf } from './place-of.ts';

type Incoming = IncomingActivity & { readonly serviceUrl: string };

/** Keeps track of where the bot was added, moved and removed. Teams tells each several times over, or not at all. */
export function createInstalls({ conversations, clock }: { conversations: ConversationStore; clock: Clock }) {
  /** Says whether this is the first that was heard of an install, and a greeting is due. */
  async function added(activity: Incoming): Promise<boolean> {
    const place = placeOf(activity);
    const row = place.kind === 'channel' ? ({ ...place, channel: 'team', kind: 'team' } as const) : place;
    if (await conversations.add({ ...row, addedAt: clock() })) return true;
    const { serviceUrl } = place;
    await conversations.changeTeam(place.team, known => ({ ...known, serviceUrl, mark: randomUUID() }));
    return false;
  }

  /** A shared channel is the same in every team that has it. */
  async function inEveryTeam(channel: string): Promise<Conversation[]> {
    return (await conversations.list()).filter(conversation => conversation.channel === channel);
  }

  async function disallowed(channel: string): Promise<void> {
    for (const { team } of await inEveryTeam(channel)) await conversations.remove(team, channel);
  }

  async function deletedChannel(channel: string): Promise<void> {
    for (const { team } of await inEveryTeam(channel)) {
      await conversations.change(team, channel, known => known && { ...known, deleted: 'channel' });
    }
  }

  async function restoredChannel(channel: string): Promise<void> {
    for (const { team } of await inEveryTeam(channel)) {
      await conversations.change(team, channel, known => (known?.deleted === 'channel' ? restored(known) : null));
    }
  }

  function restored({ deleted: _, ...conversation }: Conversation): Conversation {
    return { ...conversation, mark: randomUUID() };
  }

  /** A team moves between Teams' regions as a whole. Where somebody speaks, nothing is deleted. */
  async function renewed(activity: Incoming): Promise<void> {
    const { team, channel, serviceUrl } = placeOf(activity);
    const isSpoken = activity.type === 'message' || activity.type === 'invoke';
    await conversations.changeTeam(team, known => {
      const isBack = isSpoken && known.deleted !== undefined && known.channel === channel;
      if (!isBack && known.serviceUrl === serviceUrl) return null;
      return { ...(isBack ? restored(known) : known), serviceUrl, mark: randomUUID() };
    });
  }

  /** Follows an activity of a verified caller; true when a greeting is due. */
  async function follow(activity: Incoming): Promise<boolean> {
    const { team, channel } = placeOf(activity);
    const change: ChangeInTeams | null = changeInTeams(activity);
    switch (change) {
      case 'added':
        return await added(activity);
      case 'removed':
        await conversations.removeTeam(team);
        return false;
      case 'channel disallowed':
        await disallowed(channel);
        return false;
      case 'channel deleted':
        await deletedChannel(channel);
        return false;
      case 'channel restored':
        await restoredChannel(channel);
        break;
      case 'team deleted':
        await conversations.changeTeam(team, known => (known.deleted ? null : { ...known, deleted: 'team' }));
        return false;
      case 'team restored':
        await conversations.changeTeam(team, known => (known.deleted === 'team' ? restored(known) : null));
        break;
    }
    await renewed(activity);
    return false;
  }

  return { follow };
}
