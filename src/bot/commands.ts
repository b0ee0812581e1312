import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { inTime, NotInTimeError } from '../base/in-time.ts';
import { listCard, listPage } from '../messages/list-card.ts';
import { clean, inert } from '../messages/text.ts';
import type { BotWords, Words } from '../messages/words/words.ts';
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

// The same in every language.
const USE = '**use this channel**';
const STOP = '**stop**';
const COMMANDS = [USE, STOP, '**status**', '**list**', '**help**'].join(' · ');

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

/** What the bot answers when it is spoken to. */
export function createCommands(options: Options) {
  const { clock, conversations, view } = options;
  const { list: listWords, say } = view.words.bot;

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
        return lines([say.help(), ...commandLines(say)]);
      default:
        return lines([say.notUnderstood(COMMANDS)]);
    }
  }

  async function bind({ by, place }: Said, name: string): Promise<Post> {
    if (!mayBind(by)) return lines([say.notAllowed()]);
    if (place.kind === 'personal') return lines([say.onlyChannels()]);
    const now = clock();
    await conversations.change(place.team, place.channel, current => {
      const { name: _former, deleted: _restored, ...known } = current ?? { addedAt: now };
      return { ...known, ...place, boundAt: now, boundBy: by, mark: randomUUID(), ...(name && { name }) };
    });
    options.log.info('bot.channel-bound', { channel: place.channel });
    return lines([say.bound(name ? inert(name) : null, STOP)]);
  }

  async function unbind({ by, place }: Said): Promise<Post> {
    if (!mayBind(by)) return lines([say.notAllowed()]);
    const bindings = await bindingsOf(place.channel);
    for (const { team, channel } of bindings) {
      await conversations.change(team, channel, current => {
        if (current?.boundAt === undefined) return null;
        const { boundAt: _at, boundBy: _by, name: _name, ...rest } = current;
        return rest;
      });
    }
    if (bindings.length === 0) return lines([say.notBound()]);
    options.log.info('bot.channel-unbound', { channel: place.channel });
    return lines([say.unbound(USE)]);
  }

  function mayBind(by: string): boolean {
    return options.admins === null || options.admins.some(admin => admin.toLowerCase() === by.toLowerCase());
  }

  /** A shared channel may have been bound in another of its teams. */
  async function bindingsOf(channel: string): Promise<Conversation[]> {
    return (await conversations.list()).filter(each => each.channel === channel && each.boundAt !== undefined);
  }

  async function status({ place }: Said): Promise<Post> {
    const { lastGoodPollAt, pending } = await options.lastPoll();
    const last = lastGoodPollAt === null ? null : view.words.forms.exact(lastGoodPollAt, view.timeZone);
    const answers = [say.lastPoll(last), say.pending(pending)];
    if (place.kind === 'personal') return lines(answers);
    const [binding] = await bindingsOf(place.channel);
    return lines([...answers, binding ? say.isBound(binding.name ? inert(binding.name) : null) : say.notBound()]);
  }

  async function list(): Promise<Post> {
    if (!(await anyBound())) {
      return lines([say.nothingBoundYet(USE)]);
    }
    return { card: await pageCard(0), summary: listWords.mostUrgentFirst() };
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
    const nameless = rows.filter(({ summary, forgotten }) => !summary?.customer && !forgotten);
    const read = async ({ referralId }: Checkpoint, signal: AbortSignal): Promise<void> => {
      if (signal.aborted) return;
      const referral = await options.fetchReferral(referralId, signal).catch(() => null);
      if (referral) readings.set(referralId, referral);
    };
    // What could not be read in time is shown by its id.
    await inTime(READING_TIME_MS, signal =>
      pMap(nameless, row => read(row, signal), { concurrency: READ_AT_ONCE }),
    ).catch(onlyLate);
    return new Map(readings);
  }

  return { answer, pageCard };
}

function onlyLate(error: unknown): void {
  if (!(error instanceof NotInTimeError)) throw error;
}

function lines(texts: readonly string[]): Post {
  const [first = ''] = texts;
  return {
    text: texts.map((text, i) => (i > 0 && text.startsWith('**') ? `- ${text}` : text)).join('\n\n'),
    summary: first,
  };
}
