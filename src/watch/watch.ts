import type { Instant } from '../base/instant.ts';
import { DAY } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { OperatorChannel } from '../model/channel.ts';
import { type Trouble, UNWATCHED, type WatchState, type WatchStore } from '../model/watch-state.ts';
import { failureFinding } from './findings.ts';
import { type ToldNews, tellOperator, type Warning, warnOperator } from './tell-operator.ts';
import { afterTelling, type Finding, type TroubleNews, troubleNews, whileTelling, withFindings } from './troubles.ts';

/** What a poll leaves behind in the watch's state. */
export interface Heartbeat {
  /** Whether Partner Center was read to its end and everything was recorded. */
  readonly good: boolean;
  readonly figures: Pick<WatchState, 'pending' | 'nextExpiryAt' | 'undelivered' | 'nextLookAt'> | null;
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
  /** The state as this process knows it, also when the tables are away. */
  recall(): Promise<WatchState>;
  /** When Partner Center was last read to its end, by whichever process; read anew, for others may have polled since. */
  lastGoodPollAt(): Promise<Instant | null>;
  /** Tells the operator what was found, and writes the heartbeat: one write. Answers the trouble of not writing it. */
  end(findings: readonly Finding[], heartbeat: Heartbeat, now: Instant): Promise<Finding[]>;
}

const TRIES = 5;

export function createWatch({ store, operators, warnings, tidy, log }: WatchDeps): Watch {
  // While the tables are away their trouble is remembered here, so that the operator hears of it once.
  let unwritten: readonly Trouble[] | null = null;

  async function recall(): Promise<WatchState> {
    try {
      const state = await store.recall();
      return unwritten ? { ...state, troubles: unwritten } : state;
    } catch {
      return { ...UNWATCHED, troubles: unwritten ?? [] };
    }
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
    const away = unwritten !== null || findings.some(({ key, ok }) => key === 'tables' && !ok);
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
    { good, figures }: Heartbeat,
    { told, due, unheard }: Heard,
    now: Instant,
  ): Promise<boolean> {
    const state = await recall();
    let troubles: readonly Trouble[] = withFindings(state.troubles, findings, now);
    for (const news of told) troubles = afterTelling(troubles, news, now, news.heard);
    const warned = new Set([...state.warned, ...due.map(({ key }) => key)]);
    for (const key of unheard) warned.delete(key);
    unwritten = troubles;
    const isTidyTime = figures !== null && (state.tidiedAt === null || now - state.tidiedAt >= DAY);
    if (isTidyTime) await tidy(now);
    const signIn = findings.find(({ key }) => key === 'sign-in');
    const written = await store.write({
      ...state,
      ...figures,
      lastPollAt: now,
      lastGoodPollAt: good ? now : state.lastGoodPollAt,
      signIn: signIn ? (signIn.ok ? 'ok' : signIn.title) : state.signIn,
      troubles,
      warned: [...warned],
      tidiedAt: isTidyTime ? now : state.tidiedAt,
    });
    unwritten = null;
    return written;
  }

  /** The state in the table, or what is known when the tables are away. */
  async function fresh(known: WatchState): Promise<WatchState> {
    try {
      return await store.read();
    } catch {
      return known;
    }
  }

  /** Runs a write until no other process is faster; null when one always is. */
  async function untilWritten<T>(attempt: () => Promise<T | null>): Promise<T | null> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const result = await attempt();
      if (result !== null) return result;
      await store.read();
    }
    return null;
  }

  return {
    recall,
    lastGoodPollAt: async () => (await fresh(await recall())).lastGoodPollAt,
    async end(findings, heartbeat, now) {
      try {
        const { news, due } = (await untilWritten(() => take(findings, now))) ?? { news: [], due: [] };
        const told = await tellOperator(news, operators, now, log);
        const unheard = await warnOperator(due, operators, now, log);
        const written = await untilWritten(async () =>
          (await write(findings, heartbeat, { told, due, unheard }, now)) ? true : null,
        );
        return written ? [] : [failureFinding(new Error('the heartbeat is always written by somebody else'))];
      } catch (error) {
        return [failureFinding(error)];
      }
    },
  };
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
