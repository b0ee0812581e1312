import { DAY } from '../base/instant.ts';
import { listCard } from '../messages/list-card.ts';
import { clean, inert } from '../messages/text.ts';
import type { BotWords, Words } from '../messages/words/words.ts';
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

// The same in every language.
const USE = '**use this channel**';
const STOP = '**stop**';

function commandLines({ does }: BotWords['say']): string[] {
  return [
    `${USE} – ${does.use()}`,
    `**use this channel for NAME** – ${does.useFor()}`,
    `${STOP} – ${does.stop()}`,
    `**status** – ${does.status()}`,
    `**list** – ${does.list()}`,
    `**help** – ${does.help()}`,
  ];
}

/** What is posted once where the bot is added. It says nothing of any referral. */
export function greeting({ bot: { say } }: Words): Post {
  return lines([say.greeting(), say.chooseWhere(USE), ...commandLines(say)]);
}

/** What the bot does when it is spoken to. Answers what to say, null to keep silent. */
export function createCommands(options: Options) {
  const { clock, conversations, view } = options;
  const { say } = view.words.bot;
  const help = () => [say.help(), ...commandLines(say)];

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
        return lines(help());
      default:
        return await helpOnce(said);
    }
  }

  async function bind({ by, place }: Said, name: string): Promise<Post> {
    if (!mayBind(by)) return lines([say.notAllowed()]);
    if (place.kind === 'personal') return lines([say.onlyChannels()]);
    const now = clock();
    await conversations.change(place.team, place.channel, current => {
      const { name: _former, ...known } = current ?? { addedAt: now };
      return { ...known, ...place, boundAt: now, boundBy: by, ...(name && { name }) };
    });
    options.log.info('bot.channel-bound', { channel: place.channel });
    return lines([say.bound(name ? inert(name) : null, STOP)]);
  }

  async function unbind({ by, place }: Said): Promise<Post> {
    if (!mayBind(by)) return lines([say.notAllowed()]);
    let wasBound = false;
    await conversations.change(place.team, place.channel, current => {
      if (current?.boundAt === undefined) return null;
      wasBound = true;
      const { boundAt: _at, boundBy: _by, name: _name, ...rest } = current;
      return rest;
    });
    if (!wasBound) return lines([say.notBound()]);
    options.log.info('bot.channel-unbound', { channel: place.channel });
    return lines([say.unbound(USE)]);
  }

  function mayBind(by: string): boolean {
    return options.admins === null || options.admins.some(admin => admin.toLowerCase() === by.toLowerCase());
  }

  async function status(): Promise<Post> {
    const { lastGoodPollAt, pending } = await options.watch();
    const last = lastGoodPollAt === null ? null : view.words.forms.exact(lastGoodPollAt, view.timeZone);
    return lines([say.lastPoll(last), say.pending(pending)]);
  }

  async function list(): Promise<Post> {
    if (!(await anyBound())) {
      return lines([say.nothingBoundYet(USE)]);
    }
    return { card: await listPage(0), summary: view.words.bot.list.mostUrgentFirst() };
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
    return due ? lines([say.notUnderstood(), ...help()]) : null;
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

function lines(texts: readonly string[]): Post {
  const [first = ''] = texts;
  return {
    text: texts.map((text, i) => (i > 0 && text.startsWith('**') ? `- ${text}` : text)).join('\n\n'),
    summary: first,
  };
}
