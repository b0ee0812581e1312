import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { OperatorChannel } from '../model/channel.ts';
import type { Delivery } from '../model/checkpoint.ts';
import { type Trouble, UNWATCHED, type WatchState, type WatchStore } from '../model/watch-state.ts';
import { housekeepingFinding, watchStateFinding } from './findings.ts';
import { type Changed, mergedFields, mergedTroubles } from './merged.ts';
import { type ToldNews, tellOperator, type Warning, warnOperator } from './tell-operator.ts';
import {
  afterTelling,
  type Finding,
  orphaned,
  type TroubleNews,
  troubleNews,
  whileTelling,
  withFindings,
} from './troubles.ts';

/** What a poll leaves behind in the watch's state. */
export interface Heartbeat {
  /** Whether Partner Center was read to its end and everything was recorded. */
  readonly good: boolean;
  readonly figures: Pick<
    WatchState,
    'pending' | 'nextExpiryAt' | 'undelivered' | 'untold' | 'nextLookAt' | 'channels'
  > | null;
  /** Whether the next walk begins with the newest. */
  readonly newestFirst: boolean;
  /** How the channels stood when the poll began: what it did not learn anew is left as it stands. */
  readonly channelsBefore: WatchState['channels'];
  /** For telling the operator, in milliseconds; default a minute. */
  readonly tellMs?: number;
  /** The ids of all channels that there are; null when they are not known. */
  readonly channels: readonly string[] | null;
}

export interface WatchDeps {
  readonly store: WatchStore;
  readonly operators: readonly OperatorChannel[];
  /** What will stop working on a known day; each is told once. */
  readonly warnings: (now: Instant) => readonly Warning[];
  /** Erases what has been kept long enough; called once a day. */
  readonly tidy: (now: Instant) => Promise<unknown>;
  readonly log: Log;
}

/** The watch over the watch: its heartbeat, and the operator who hears when something is wrong with it. */
export interface Watch {
  /** The state that a poll begins with; read anew where other processes have lately written as well. */
  begin(): Promise<WatchState>;
  /** The state as this process knows it, also when the tables are away. */
  recall(): Promise<WatchState>;
  /** When Partner Center was last read to its end, by whichever process; read anew, for others may have polled since. */
  lastGoodPollAt(): Promise<Instant | null>;
  /**
   * Notes how a summary or report stands, in the table as it is now, before it is told or after. `change` answers null when
   * there is nothing to note; so does this, or when the table could not be written.
   */
  noteBulletin(key: string, change: (noted: Delivery | undefined) => Delivery | null): Promise<Delivery | null>;
  /** Tells the operator what was found, and writes the heartbeat: one write. Answers the troubles that it met itself. */
  end(findings: readonly Finding[], heartbeat: Heartbeat, now: Instant): Promise<Finding[]>;
}

const TRIES = 5;

export function createWatch({ store, operators, warnings, tidy, log }: WatchDeps): Watch {
  // While the tables are away their trouble is remembered here, so that the operator hears of it once.
  let unwritten: Changed<readonly Trouble[]> | null = null;
  /** Whether another process has lately written between our reading and our writing. */
  let othersWrite = false;

  async function recall(): Promise<WatchState> {
    return withUnwritten(await recallWritten());
  }

  /** What stands in the table, as far as this process knows. */
  async function recallWritten(): Promise<WatchState> {
    return await store.recall().catch(() => UNWATCHED);
  }

  function withUnwritten(state: WatchState): WatchState {
    return unwritten ? { ...state, troubles: mergedTroubles(state.troubles, unwritten) } : state;
  }

  async function remember(findings: readonly Finding[], told: readonly ToldNews[], now: Instant): Promise<void> {
    const before = await recallWritten();
    const { troubles } = withUnwritten(before);
    unwritten = { before: before.troubles, after: afterAll(withFindings(troubles, findings, now), told, now) };
  }

  /**
   * Takes what the operator has to hear upon this process, in the table before anything is told, so that of two polls
   * at once only one tells it. Null when another process wrote meanwhile: then all is decided anew.
   */
  async function take(findings: readonly Finding[], now: Instant): Promise<News | null> {
    const known = await recall();
    const ahead = warnings(now);
    const hasNews = troubleNews(withFindings(known.troubles, findings, now), now).length > 0;
    if (!hasNews && ahead.every(({ key }) => known.warned.includes(key))) return { news: [], due: [] };
    // Another process may have told it already: only news is worth a read.
    const away = findings.some(({ key, ok }) => key === 'tables' && !ok);
    const state = away ? known : await fresh(known);
    const troubles = withFindings(state.troubles, findings, now);
    const news = troubleNews(troubles, now);
    const due = ahead.filter(({ key }) => !state.warned.includes(key));
    const warned = [...state.warned, ...due.map(({ key }) => key)];
    if (away || (news.length === 0 && due.length === 0)) return { news, due };
    try {
      return (await store.write({ ...state, troubles: whileTelling(troubles, news, now), warned }))
        ? { news, due }
        : null;
    } catch {
      // The tables went away just now: better told twice than not at all.
      return { news, due };
    }
  }

  /** Writes the heartbeat, with what the operator heard. False when another process wrote meanwhile. */
  async function write(
    findings: readonly Finding[],
    { good, figures, newestFirst, channelsBefore }: Heartbeat,
    { told, due, unheard }: Heard,
    now: Instant,
  ): Promise<boolean> {
    const stands = await recallWritten();
    const state = withUnwritten(stands);
    const troubles = afterAll(withFindings(state.troubles, findings, now), told, now);
    const warned = new Set([...state.warned, ...due.map(({ key }) => key)]);
    for (const key of unheard) warned.delete(key);
    const before = unwritten;
    unwritten = { before: stands.troubles, after: troubles };
    const isTidy = findings.some(({ key, ok }) => key === 'housekeeping' && ok);
    const signIn = findings.find(({ key }) => key === 'sign-in');
    const written = await store.write({
      ...state,
      ...(figures && {
        ...figures,
        channels: mergedFields(state.channels, { before: channelsBefore, after: figures.channels }),
      }),
      newestFirstAt: newestFirst ? now : null,
      lastPollAt: now,
      firstPollAt: state.firstPollAt ?? state.lastPollAt ?? now,
      lastGoodPollAt: good ? now : state.lastGoodPollAt,
      signIn: signIn ? (signIn.ok ? 'ok' : signIn.title) : state.signIn,
      troubles,
      warned: [...warned],
      tidiedAt: isTidy ? now : state.tidiedAt,
    });
    // Another process was faster: what it wrote counts, and is read next.
    unwritten = written ? null : before;
    return written;
  }

  /** The state in the table, or what is known when the tables are away. */
  async function fresh(known: WatchState): Promise<WatchState> {
    try {
      return withUnwritten(await store.read());
    } catch {
      return known;
    }
  }

  /** Runs a write until no other process is faster; null when one always is. */
  async function untilWritten<T>(attempt: () => Promise<T | null>): Promise<T | null> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const result = await attempt();
      if (result !== null) return result;
      othersWrite = true;
      await store.read();
    }
    return null;
  }

  /** Tells what is new and writes the heartbeat. Answers what kept the state from being read or written, or null. */
  async function tellAndWrite(findings: readonly Finding[], heartbeat: Heartbeat, now: Instant): Promise<unknown> {
    let told: readonly ToldNews[] = [];
    try {
      const { news, due } = (await untilWritten(() => take(findings, now))) ?? { news: [], due: [] };
      told = await tellOperator(news, operators, now, log, heartbeat.tellMs);
      const unheard = await warnOperator(due, operators, now, log);
      const written = await untilWritten(async () =>
        (await write(findings, heartbeat, { told, due, unheard }, now)) ? true : null,
      );
      if (written) return null;
      throw new Error('the heartbeat is always written by somebody else');
    } catch (error) {
      await remember(findings, told, now);
      return error;
    }
  }

  /** Tells what is new from what this process remembers. */
  async function tellFromMemory(findings: readonly Finding[], now: Instant): Promise<void> {
    const troubles = withFindings((await recall()).troubles, findings, now);
    await remember(findings, await tellOperator(troubleNews(troubles, now), operators, now, log), now);
  }

  /** Erases what has been kept long enough. That it fails keeps nothing else back. */
  async function housekeep({ figures }: Heartbeat, now: Instant): Promise<Finding[]> {
    const { tidiedAt } = await recall();
    // A day that lies ahead was noted by a wrong clock.
    const isDue = tidiedAt === null || now - tidiedAt >= DAY || tidiedAt - now > DAY;
    if (figures === null || !isDue) return [];
    try {
      await tidy(now);
      return [{ key: 'housekeeping', ok: true }];
    } catch (error) {
      return [housekeepingFinding(error)];
    }
  }

  return {
    recall,
    async begin() {
      const known = await recall();
      if (!othersWrite) return known;
      const state = await fresh(known);
      othersWrite = state.lastPollAt !== known.lastPollAt;
      return state;
    },
    async noteBulletin(key, change) {
      return await untilWritten(async () => {
        const state = await store.read();
        const noted = change(state.bulletins[key]);
        if (noted === null) return { noted };
        const written = await store.write({ ...state, bulletins: { ...state.bulletins, [key]: noted } });
        return written ? { noted } : null;
      }).then(done => done?.noted ?? null);
    },
    lastGoodPollAt: async () => (await fresh(await recall())).lastGoodPollAt,
    async end(findings, heartbeat, now) {
      const { troubles, unreadable } = await recall();
      const found = [
        ...findings,
        ...(unreadable ? [watchStateFinding(new Error('it makes no sense'))] : []),
        ...orphaned(troubles, findings, heartbeat.channels),
        ...(await housekeep(heartbeat, now)),
      ];
      const failure = await tellAndWrite(found, heartbeat, now);
      // Only a write shows that it can be written again.
      const isBack = failure === null && troubles.some(({ key, endedAt }) => key === 'watch-state' && !endedAt);
      if (isBack) await tellAndWrite([{ key: 'watch-state', ok: true }], heartbeat, now);
      // With the tables away the state is away with them: one cause, one trouble.
      if (failure === null || found.some(({ key, ok }) => key === 'tables' && !ok)) return [];
      const finding = watchStateFinding(failure);
      await tellFromMemory([...found, finding], now);
      return [finding];
    },
  };
}

function afterAll(troubles: readonly Trouble[], told: readonly ToldNews[], now: Instant): readonly Trouble[] {
  return told.reduce((all, news) => afterTelling(all, news, now, news.heard), troubles);
}

/** What one process has to tell. */
interface News {
  readonly news: readonly TroubleNews[];
  readonly due: readonly Warning[];
}

/** What came of it: the news with whether it was heard, and the warnings that were not. */
interface Heard {
  readonly told: readonly ToldNews[];
  readonly due: readonly Warning[];
  readonly unheard: readonly string[];
}
