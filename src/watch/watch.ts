import type { OperatorChannel } from '../channels/channel.ts';
import type { Instant } from '../instant.ts';
import { DAY } from '../instant.ts';
import type { Log } from '../log.ts';
import { failureFinding } from './findings.ts';
import { tellOperator, type Warning, warnOperator } from './tell-operator.ts';
import { type Finding, type Trouble, troubleNews, withFindings } from './troubles.ts';
import { UNWATCHED, type WatchState, type WatchStore } from './watch-state.ts';

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

  /** False when another process wrote meanwhile: then all is decided anew on what it wrote. */
  async function write(findings: readonly Finding[], { good, figures }: Heartbeat, now: Instant): Promise<boolean> {
    let state = await recall();
    let troubles: readonly Trouble[] = withFindings(state.troubles, findings, now);
    let warned = state.warned;
    const ahead = warnings(now);
    if (troubleNews(troubles, now).length > 0 || ahead.some(({ key }) => !warned.includes(key))) {
      // Another process may have told it already: only news is worth a read.
      state = await fresh(state);
      troubles = await tellOperator(withFindings(state.troubles, findings, now), operators, now, log);
      warned = await warnOperator(ahead, state.warned, operators, now, log);
    }
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
      warned,
      tidiedAt: isTidyTime ? now : state.tidiedAt,
    });
    unwritten = null;
    return written;
  }

  /** The state in the table, or what is known when the tables are away. */
  async function fresh(known: WatchState): Promise<WatchState> {
    if (unwritten) return known;
    try {
      return await store.read();
    } catch {
      return known;
    }
  }

  return {
    recall,
    async end(findings, heartbeat, now) {
      try {
        for (let tries = 1; tries <= TRIES; tries += 1) {
          if (await write(findings, heartbeat, now)) return [];
          await store.read();
        }
        return [failureFinding(new Error('the heartbeat is always written by somebody else'))];
      } catch (error) {
        return [failureFinding(error)];
      }
    },
  };
}
