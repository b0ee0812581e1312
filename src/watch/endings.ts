import { channelName } from '../model/channel-names.ts';
import { kindOf, type TroubleKey, type TroubleKind } from '../model/trouble-kinds.ts';

/** What the operator reads when a trouble is over, or is back. Its own title and advice speak of the time in between. */
interface Words {
  readonly title: string;
  readonly text: string;
}

const OVER: Readonly<Record<TroubleKind, (channel: string) => Words>> = {
  'partner-center': () => ({
    title: 'Partner Center can be read again',
    text: 'What came meanwhile is told now. Nothing is left to be done.',
  }),
  'sign-in': () => ({ title: 'Signing in to Partner Center works again', text: 'Nothing is left to be done.' }),
  tables: () => ({
    title: 'Table Storage can be used again',
    text: 'What was due meanwhile is told now. Nothing is left to be done.',
  }),
  rows: () => ({ title: 'Every row can be read and kept again', text: 'Nothing is left to be done.' }),
  'watch-state': () => ({
    title: 'The watch state can be read and written again',
    text: 'Nothing is left to be done.',
  }),
  time: () => ({ title: 'Polls end in time again', text: 'Nothing is left to be done.' }),
  clock: () => ({ title: 'The clocks agree again', text: 'Nothing is left to be done.' }),
  visibility: () => ({
    title: 'Partner Center shows the referrals again',
    text: 'Those that it still does not show were answered by name or have expired. Nothing is left to be done.',
  }),
  settings: () => ({ title: 'All settings can be read', text: 'Everything that is set is in force again.' }),
  secrets: () => ({ title: 'No secret is about to end any more', text: 'Nothing is left to be done.' }),
  housekeeping: () => ({ title: 'Old checkpoints are erased again', text: 'Nothing is left to be done.' }),
  channel: name => ({
    title: `${name} takes messages again`,
    text: 'What it had not been told and is still pending is told now. Nothing is left to be done.',
  }),
  message: name => ({ title: `${name} takes every message again`, text: 'Nothing is left to be done.' }),
  recipients: name => ({ title: `${name} reaches all its recipients again`, text: 'Nothing is left to be done.' }),
  route: () => ({ title: 'Every rule reaches a channel again', text: 'Nothing is left to be done.' }),
  'nobody-listens': () => ({
    title: 'Leads have somebody to hear of them again',
    text: 'What is pending is told now. Nothing is left to be done.',
  }),
  untold: () => ({ title: 'Every pending lead has been told', text: 'Nothing is left to be done.' }),
  'on-call-calendar': () => ({ title: 'The on-call calendar can be read again', text: 'Nothing is left to be done.' }),
  'on-call-gap': () => ({ title: 'The gap in the on-call calendar is over', text: 'Nothing is left to be done.' }),
  'holidays-calendar': () => ({
    title: 'The calendar of holidays can be read again',
    text: 'Nothing is left to be done.',
  }),
  heartbeat: () => ({ title: 'The heartbeat address answers again', text: 'Nothing is left to be done.' }),
};

/** The words for the end of a trouble. A channel that is not there any more has nothing to take again. */
export function ending(key: TroubleKey, exists: boolean): Words {
  const { kind, channel } = kindOf(key);
  const name = channel === null ? '' : channelName(channel);
  if (exists) return OVER[kind](name);
  return { title: `${name} is no longer set`, text: 'Its trouble is over with it. Nothing is left to be done.' };
}
