import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';

/** While a poll runs, time passes this much faster: a back-off of four seconds must not hold up the clock for four. */
const PACE = 40;

/** From here on a wait is no pause between two tries but somebody's patience with an answer, which stays real. */
const PATIENCE_MS = 10_000;

/** The sandbox's time: `Date` of this process stands still until somebody moves it. */
export interface SandboxClock {
  now(): number;
  /** Moves `Date` forward; never back. */
  moveTo(instant: number): void;
  /** Lets time pass while `work` runs, faster than outside: `Date`, and with it every wait between two tries or posts. */
  passDuring<T>(work: () => Promise<T>): Promise<T>;
  /** Shortens every wait between two tries or posts while `work` runs; `Date` stands still. */
  hurry<T>(work: () => Promise<T>): Promise<T>;
  restore(): void;
}

/**
 * Takes over `Date` in this process, at a whole second of the real time.
 * @param still - an instant to begin at, and to stay at while polls run: for pictures that are the same every time
 */
export function createSandboxClock(still?: number): SandboxClock {
  const fake = install({ now: still ?? Math.floor(Date.now() / 1_000) * 1_000, toFake: ['Date'] });
  let hurrying = 0;
  const hurried = (delay = 1) => (hurrying > 0 && delay < PATIENCE_MS ? delay / PACE : delay);
  const restoreWaits = hurryWaits(hurried);

  function moveTo(instant: number): void {
    if (instant > Date.now()) fake.setSystemTime(instant);
  }

  async function hurry<T>(work: () => Promise<T>): Promise<T> {
    hurrying += 1;
    try {
      return await work();
    } finally {
      hurrying -= 1;
    }
  }

  return {
    now: () => Date.now(),
    moveTo,
    hurry,
    async passDuring(work) {
      const [since, begin] = [Date.now(), performance.now()];
      const pass = () => moveTo(Math.floor(since + (performance.now() - begin) * PACE));
      const ticking = setInterval(still === undefined ? pass : () => {}, 5);
      try {
        return await hurry(work);
      } finally {
        clearInterval(ticking);
      }
    },
    restore() {
      restoreWaits();
      fake.uninstall();
    },
  };
}

/** Puts every wait of this process through `hurried`; the answer takes that back. */
function hurryWaits(hurried: (delay?: number) => number): () => void {
  const [callLater, waitFor] = [globalThis.setTimeout, timers.setTimeout];
  const callSooner = (callback: () => void, delay?: number, ...rest: unknown[]) =>
    callLater(callback as (...args: unknown[]) => void, hurried(delay), ...rest);
  globalThis.setTimeout = Object.defineProperties(
    callSooner,
    Object.getOwnPropertyDescriptors(callLater),
  ) as typeof callLater;
  timers.setTimeout = ((delay?: number, ...rest: [unknown?, object?]) =>
    waitFor(hurried(delay), ...rest)) as typeof waitFor;
  syncBuiltinESMExports();
  return () => {
    globalThis.setTimeout = callLater;
    timers.setTimeout = waitFor;
    syncBuiltinESMExports();
  };
}
