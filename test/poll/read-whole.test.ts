import { expect, it } from 'vitest';
import { PartnerCenterError, ReferralNotFoundError } from '../../src/model/errors.ts';
import { parseReferral } from '../../src/partner-center/wire.ts';
import { createReader } from '../../src/poll/read-whole.ts';

it('reads each once, and knows what is gone from what could not be read', async () => {
  const asked: string[] = [];
  const reader = createReader(
    {
      async get(id) {
        asked.push(id);
        if (id === 'gone') throw new ReferralNotFoundError('404', { own: true });
        if (id === 'broken') throw new PartnerCenterError('500', 500);
        return parseReferral({ id });
      },
    },
    true,
  );
  await reader.readAll(['a', 'gone']);
  await reader.readAll(['a', 'gone', 'broken', 'broken']);
  expect(asked).toEqual(['a', 'gone', 'broken']);
  expect([...reader.readings].map(([id, reading]) => [id, typeof reading === 'object' ? reading.id : reading])).toEqual(
    [
      ['a', 'a'],
      ['gone', 'gone'],
      ['broken', 'unknown'],
    ],
  );
});

it('leaves the rest unread when its time is up: what is due is told from the checkpoints then', async () => {
  const reader = createReader({ get: async id => parseReferral({ id }) }, true, 0);
  await reader.readAll(['a', 'b']);
  expect([...reader.readings.values()]).toEqual(['unknown', 'unknown']);
});
