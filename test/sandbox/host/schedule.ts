import { Cron } from 'croner';

/** Six fields of `* , - /`, numbers and English names: what the Functions host takes, and nothing croner takes beyond it. */
const FIELD = /^[\dA-Za-z*,/-]+$/;

export interface Schedule {
  /** The first moment after the given one. */
  next(after: Date): Date | null;
  /** Calls back at every moment of the schedule, by the real clock, one after the other. */
  start(run: () => Promise<void>): { stop(): void };
}

/** Reads an NCRONTAB expression; throws with the reason when it is none. */
export function parseSchedule(expression: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  const wrong = fields.find(field => !FIELD.test(field));
  if (fields.length !== 6 || wrong !== undefined || /7|L/i.test(fields[5]?.replace(/[A-Za-z]{3,}/g, '') ?? '')) {
    throw new Error(`"${expression}" is no NCRONTAB schedule of six fields.`);
  }
  // NCRONTAB wants day of month and day of week to hold both; cron's habit is that either will do.
  const options = { domAndDow: true, mode: '6-part', timezone: 'UTC' } as const;
  const pattern = new Cron(fields.join(' '), { ...options, paused: true });
  return {
    next: after => pattern.nextRun(after),
    start(run) {
      const job = new Cron(fields.join(' '), { ...options, protect: true }, run);
      return { stop: () => job.stop() };
    },
  };
}

/** Fills `%NAME%` from the settings; a name that is not set is a start-up error, as on the real host. */
export function resolveSettings(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = env[name];
    if (!value) throw new Error(`The setting ${name}, which a trigger names, is not set.`);
    return value;
  });
}
