import { expect, test } from 'vitest';
import { keepingLog } from '../support/keeping-log.ts';

test('an event or a field that nobody listed does not compile', () => {
  const log = keepingLog();
  log.info('poll-finished', { ok: true });
  // @ts-expect-error no such event
  log.info('poll-started');
  // @ts-expect-error no field of this event
  log.warn('partner-center.refused', { body: 'x' });
  expect(log.lines).toHaveLength(3);
});
