import type { SandboxClock } from './clock.ts';
import type { Schedule } from './host/schedule.ts';

const DAY = 24 * 60 * 60_000;
/** While playing, a simulated day takes this long at least. */
const PLAYED_DAY_MS = 2_000;

export interface DriverState {
  /** A jump, a poll or playing is under way. */
  readonly busy: boolean;
  readonly playing: boolean;
  /** Null when the schedule never comes round again. */
  readonly nextPollAt: number | null;
  /** How many jumps and polls were asked for, and how many of them are over. */
  readonly asked: number;
  readonly done: number;
}

/** Turns the clock and runs the poll whenever the clock passes its schedule. */
export interface Driver {
  readonly state: DriverState;
  poll(): Promise<void>;
  /** Moves the clock by so many milliseconds, with every poll that falls due on the way. */
  advance(milliseconds: number): Promise<void>;
  play(): void;
  pause(): void;
  /** Stops playing and gives up what is left of a jump; a poll under way goes on to its end. */
  stop(): void;
}

export interface DriverOptions {
  readonly clock: SandboxClock;
  readonly schedule: Schedule;
  /** Runs one poll; never rejects. */
  readonly runPoll: () => Promise<void>;
  /** Brings everything up to date once a jump or a poll is over, before it counts as done. */
  readonly settle: () => Promise<void>;
  /** Something that the state tells has changed. */
  readonly onChange: () => void;
}

export function createDriver({ clock, schedule, runPoll, settle, onChange }: DriverOptions): Driver {
  let queue: Promise<unknown> = Promise.resolve();
  let asked = 0;
  let done = 0;
  let playing: symbol | null = null;
  let stopped = false;

  /** One thing after the other: two jumps in a row add up. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    asked += 1;
    onChange();
    const result = queue
      .then(work)
      .then(settle)
      .finally(() => {
        done += 1;
        onChange();
      });
    queue = result.catch(() => {});
    return result;
  }

  const pollOnce = () => clock.passDuring(runPoll);

  /** To the next poll and through it, or to `until` when that comes first. */
  async function step(until: number): Promise<void> {
    const next = schedule.next(new Date(clock.now()))?.getTime() ?? Number.POSITIVE_INFINITY;
    clock.moveTo(Math.min(next, until));
    onChange();
    if (next <= until) await pollOnce();
  }

  async function jump(milliseconds: number): Promise<void> {
    const target = clock.now() + milliseconds;
    while (clock.now() < target && !stopped) await step(target);
  }

  async function playOn(me: symbol): Promise<void> {
    const [realBegin, begin] = [performance.now(), clock.now()];
    while (playing === me && !stopped) {
      const next = schedule.next(new Date(clock.now()))?.getTime() ?? clock.now() + DAY;
      await enqueue(() => step(next));
      const ahead = ((clock.now() - begin) / DAY) * PLAYED_DAY_MS - (performance.now() - realBegin);
      if (ahead > 0) await new Promise(resolve => setTimeout(resolve, Math.min(ahead, PLAYED_DAY_MS)));
    }
  }

  return {
    get state() {
      const nextPollAt = schedule.next(new Date(clock.now()))?.getTime() ?? null;
      return { busy: asked > done || playing !== null, playing: playing !== null, nextPollAt, asked, done };
    },
    poll: () => enqueue(pollOnce),
    advance: milliseconds => enqueue(() => jump(milliseconds)),
    play() {
      if (playing || stopped) return;
      playing = Symbol();
      onChange();
      void playOn(playing);
    },
    pause() {
      playing = null;
      onChange();
    },
    stop() {
      stopped = true;
      playing = null;
    },
  };
}
