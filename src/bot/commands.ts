import { DAY } from '../base/instant.ts';
import { dateInWords } from '../messages/format.ts';
import { listCard } from '../messages/list-card.ts';
import { clean, inert } from '../messages/text.ts';
import type { Conversation } from '../model/conversation-store.ts';
import type { Post } from './gateway.ts';
import type { BotOptions } from './ports.ts';

/** Somebody's message to the bot. */
export interface Said {
  /** As it came, mentions and all. */
  readonly text: string;
  /** Entra object id of whoever said it. */
  readonly by: string;
  readonly place: Pick<Conversation, 'team' | 'channel' | 'kind' | 'serviceUrl' | 'botId'>;
}

type Options = Pick<BotOptions, 'admins' | 'checkpoints' | 'clock' | 'conversations' | 'log' | 'view' | 'watch'>;

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

/** What is posted once where the bot is added. It says nothing of any referral. */
export const GREETING = lines([
  'Hello! I watch the referrals that wait for an answer in Partner Center and speak up when one arrives and again as its expiry comes near.',
  'I say nothing yet. To choose where, mention me in a channel and write **use this channel**. I also understand:',
  ...COMMANDS,
]);

/** What the bot does when it is spoken to. Answers what to say, null to keep silent. */
export function createCommands(options: Options) {
  const { clock, conversations, view } = options;

  async function answer(said: Said): Promise<Post | null> {
    const words = commandOf(said.text);
    const binding = /^use this (?:channel|chat)(?: for (.+))?$/i.exec(words);
    if (binding) return await bind(said, clean(binding[1] ?? '', 60));
    switch (words.toLowerCase()) {
      case 'stop':
        return await unbind(said);
      case 'status':
        return await status();
      case 'list':
        return await list();
      case 'help':
        return lines(HELP);
      default:
        return await helpOnce(said);
    }
  }

  async function bind({ by, place }: Said, name: string): Promise<Post> {
    if (!mayBind(by)) return notAllowed();
    if (place.kind === 'personal')
      return lines(['I can only tell a channel or a group chat. Mention me there instead.']);
    const now = clock();
    await conversations.change(place.team, place.channel, current => {
      const { name: _former, ...known } = current ?? { addedAt: now };
      return { ...known, ...place, boundAt: now, boundBy: by, ...(name && { name }) };
    });
    options.log.info('bot.channel-bound', { channel: place.channel });
    const called = name ? ` as “${inert(name)}”` : '';
    return lines([
      `This channel is bound${called}. Pending referrals follow at the next poll. Say **stop** to end it.`,
    ]);
  }

  async function unbind({ by, place }: Said): Promise<Post> {
    if (!mayBind(by)) return notAllowed();
    let wasBound = false;
    await conversations.change(place.team, place.channel, current => {
      if (current?.boundAt === undefined) return null;
      wasBound = true;
      const { boundAt: _at, boundBy: _by, name: _name, ...rest } = current;
      return rest;
    });
    if (!wasBound) return lines(['This channel is not bound: I tell it nothing.']);
    options.log.info('bot.channel-unbound', { channel: place.channel });
    return lines(['I tell this channel no more. Say **use this channel** to begin again.']);
  }

  function mayBind(by: string): boolean {
    return options.admins.length === 0 || options.admins.some(admin => admin.toLowerCase() === by.toLowerCase());
  }

  async function status(): Promise<Post> {
    const { lastGoodPollAt, pending } = await options.watch();
    const last = lastGoodPollAt === null ? 'never' : dateInWords(lastGoodPollAt, view.timeZone);
    return lines([`Last good poll: ${last}`, `Pending referrals: ${pending}`]);
  }

  async function list(): Promise<Post> {
    if (!(await anyBound())) {
      return lines(['No channel is bound yet, so I say nothing of referrals. Begin with **use this channel**.']);
    }
    return { card: await listPage(0), summary: 'Pending referrals' };
  }

  async function anyBound(): Promise<boolean> {
    return (await conversations.list()).some(({ boundAt }) => boundAt !== undefined);
  }

  async function listPage(page: number): Promise<object> {
    return listCard(await options.checkpoints.loadOpen(), page, clock(), view);
  }

  /** Two machines must not talk to each other for ever, and nobody needs the same help twice a day. */
  async function helpOnce({ place }: Said): Promise<Post | null> {
    const now = clock();
    let due = false;
    await conversations.change(place.team, place.channel, current => {
      due = current?.helpedAt === undefined || now - current.helpedAt > DAY;
      return due ? { addedAt: now, ...current, ...place, helpedAt: now } : null;
    });
    return due ? lines(['I did not understand that.', ...HELP]) : null;
  }

  return { answer, listPage };
}

/** What was said to the bot, without its mention. */
function commandOf(text: string): string {
  return text
    .replace(/<at[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?]+$/, '');
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
