import { install } from '@sinonjs/fake-timers';

/** The sandbox's time: `Date` of this process stands still until somebody moves it. Timers stay real. */
export interface SandboxClock {
  now(): number;
  /** Moves `Date` forward; never back. */
  moveTo(instant: number): void;
  /** Lets `Date` pass as usual while `work` runs, so that waits and measured spans inside it come out right. */
  passDuring<T>(work: () => Promise<T>): Promise<T>;
  restore(): void;
}

/** Takes over `Date` in this process, at a whole second of the real time. */
export function createSandboxClock(): SandboxClock {
  const realTimer = { setInterval: globalThis.setInterval, clearInterval: globalThis.clearInterval };
  const fake = install({ now: Math.floor(Date.now() / 1_000) * 1_000, toFake: ['Date'] });
  const moveTo = (instant: number) => {
    if (instant > Date.now()) fake.setSystemTime(instant);
  };
  return {
    now: () => Date.now(),
    moveTo,
    async passDuring(work) {
      const [since, begin] = [Date.now(), performance.now()];
      const pass = () => moveTo(Math.floor(since + performance.now() - begin));
      const passing = realTimer.setInterval(pass, 20);
      try {
        return await work();
      } finally {
        realTimer.clearInterval(passing);
      }
    },
    restore: () => fake.uninstall(),
  };
}
