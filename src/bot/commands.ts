import pMap from 'p-map';
import { dateInWords } from '../messages/format.ts';
import { listCard, listPage } from '../messages/list-card.ts';
import { clean, inert } from '../messages/text.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Conversation } from '../model/conversation-store.ts';
import type { Referral } from '../model/referral.ts';
import type { Post } from './gateway.ts';
import type { BotOptions } from './ports.ts';
import { understood } from './understand.ts';

/** Somebody's message to the bot. */
export interface Said {
  /** As it came, mentions and all. */
  readonly text: string;
  /** Entra object id of whoever said it. */
  readonly by: string;
  readonly place: Pick<Conversation, 'team' | 'channel' | 'kind' | 'serviceUrl' | 'botId'>;
}

type Options = Pick<
  BotOptions,
  'admins' | 'checkpoints' | 'clock' | 'conversations' | 'fetchReferral' | 'lastPoll' | 'log' | 'view'
>;

/** Whoever asks waits for it: what has not come by then is shown without. */
const READING_TIME_MS = 2_500;
const READ_AT_ONCE = 4;

const COMMANDS = [
  '**use this channel** – tell this channel about referrals; **use this channel for NAME** gives it a name',
  '**stop** – tell this channel no more',
  '**status** – when Partner Center was last read, and how many referrals are pending',
  '**list** – the pending referrals, most urgent first',
  '**help** – this',
];

const HELP = [
  'I tell this team about referrals in Partner Center before they expire. Mention me and say:',
  ...COMMANDS,
];

const HELP_IN_ONE_LINE =
  'I did not understand that. Say **use this channel**, **stop**, **status**, **list** or **help**.';

/** What is posted once where the bot is added. It says nothing of any referral. */
export const GREETING = lines([
  'Hello! I watch the referrals that wait for an answer in Partner Center and speak up when one arrives and again as its expiry comes near.',
  'I say nothing yet. To choose where, mention me in a channel and write **use this channel**. I also understand:',
  ...COMMANDS,
]);

/** What the bot answers when it is spoken to. */
export function createCommands(options: Options) {
  const { clock, conversations, view } = options;

  async function answer(said: Said): Promise<Post> {
    const command = understood(said.text);
    switch (command?.verb) {
      case 'use this channel':
        return await bind(said, clean(command.name ?? '', 60));
      case 'stop':
        return await unbind(said);
      case 'status':
        return await status(said);
      case 'list':
        return await list();
      case 'help':
        return lines(HELP);
      default:
        return lines([HELP_IN_ONE_LINE]);
    }
  }

  async function bind({ by, place }: Said, name: string): Promise<Post> {
    if (!mayBind(by)) return notAllowed();
    if (place.kind === 'personal')
      return lines(['I can only tell a channel or a group chat. Mention me there instead.']);
    const now = clock();
    await conversations.change(place.team, place.channel, current => {
      const { name: _former, deleted: _restored, ...known } = current ?? { addedAt: now };
      return { ...known, ...place, boundAt: now, boundBy: by, changedAt: now, ...(name && { name }) };
    });
    options.log.info('bot.channel-bound', { channel: place.channel });
    const called = name ? ` as “${inert(name)}”` : '';
    return lines([
      `This channel is bound${called}. Pending referrals follow at the next poll. Say **stop** to end it.`,
    ]);
  }

  async function unbind({ by, place }: Said): Promise<Post> {
    if (!mayBind(by)) return notAllowed();
    const bindings = await bindingsOf(place.channel);
    for (const { team, channel } of bindings) {
      await conversations.change(team, channel, current => {
        if (current?.boundAt === undefined) return null;
        const { boundAt: _at, boundBy: _by, name: _name, ...rest } = current;
        return rest;
      });
    }
    if (bindings.length === 0) return lines(['This channel is not bound: I tell it nothing.']);
    options.log.info('bot.channel-unbound', { channel: place.channel });
    return lines(['I tell this channel no more. Say **use this channel** to begin again.']);
  }

  function mayBind(by: string): boolean {
    return options.admins.length === 0 || options.admins.some(admin => admin.toLowerCase() === by.toLowerCase());
  }

  /** A shared channel may have been bound in another of its teams. */
  async function bindingsOf(channel: string): Promise<Conversation[]> {
    return (await conversations.list()).filter(each => each.channel === channel && each.boundAt !== undefined);
  }

  async function status({ place }: Said): Promise<Post> {
    const { lastGoodPollAt, pending } = await options.lastPoll();
    const last = lastGoodPollAt === null ? 'never' : dateInWords(lastGoodPollAt, view.timeZone);
    const [binding] = place.kind === 'personal' ? [] : await bindingsOf(place.channel);
    const name = binding?.name ? ` as “${inert(binding.name)}”` : '';
    const here = binding ? `This channel is bound${name}.` : 'This channel is not bound: I tell it nothing.';
    const answers = [`Last good poll: ${last}`, `Pending referrals: ${pending}`];
    return lines(place.kind === 'personal' ? answers : [...answers, here]);
  }

  async function list(): Promise<Post> {
    if (!(await anyBound())) {
      return lines(['No channel is bound yet, so I say nothing of referrals. Begin with **use this channel**.']);
    }
    return { card: await pageCard(0), summary: 'Pending referrals' };
  }

  async function anyBound(): Promise<boolean> {
    return (await conversations.list()).some(({ boundAt }) => boundAt !== undefined);
  }

  async function pageCard(page: number): Promise<object> {
    const shown = listPage(await options.checkpoints.loadOpen(), page);
    return listCard(shown, await namesOf(shown.rows), clock(), view);
  }

  /** A referral that was never told by itself is known by its id and dates alone. */
  async function namesOf(rows: readonly Checkpoint[]): Promise<ReadonlyMap<string, Referral>> {
    const readings = new Map<string, Referral>();
    const nameless = rows.filter(({ summary }) => !summary?.customer);
    const signal = AbortSignal.timeout(READING_TIME_MS);
    const inTime = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
    const read = async ({ referralId }: Checkpoint): Promise<void> => {
      if (signal.aborted) return;
      const referral = await options.fetchReferral(referralId, signal).catch(() => null);
      if (referral) readings.set(referralId, referral);
    };
    await Promise.race([pMap(nameless, read, { concurrency: READ_AT_ONCE }), inTime]);
    return new Map(readings);
  }

  return { answer, pageCard };
}

function notAllowed(): Post {
  return lines(['Only the administrators of this bot may do that.']);
}

function lines(texts: readonly string[]): Post {
  const [first = ''] = texts;
  return {
    text: texts.map((text, i) => (i > 0 && text.startsWith('**') ? `- ${text}` : text)).join('\n\n'),
    summary: first,
  };
}
