import { setImmediate as nextTurn } from 'node:timers/promises';
import { NotInTimeError } from './in-time.ts';

/** So long, in milliseconds, work may keep everybody else waiting. */
const TURN_MS = 25;

/**
 * Long work in steps: between them others have their turn, and it ends in time.
 * @param milliseconds - of real time, for all of it
 * @throws NotInTimeError; what `work` throws
 */
export async function inTurns<T>(milliseconds: number, work: Iterator<unknown, T>): Promise<T> {
  const begunAt = performance.now();
  let turnBegunAt = begunAt;
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    const now = performance.now();
    if (now - begunAt > milliseconds) throw new NotInTimeError('not in time');
    if (now - turnBegunAt < TURN_MS) continue;
    await nextTurn();
    turnBegunAt = performance.now();
  }
}
