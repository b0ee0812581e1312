import { expect, test } from 'vitest';
import { DAY } from '../../../src/base/instant.ts';
import { dueWarnings, knownEnds } from '../../../src/partner-center/sign-in/known-ends.ts';

const END = Date.parse('2027-01-31T00:00:00Z');
const secret = [{ what: 'client-secret', at: END }] as const;

test.each([
  [31, null],
  [30, 30],
  [15, 30],
  [14, 14],
  [8, 14],
  [7, 7],
  [1, 7],
  [0, 7],
  [-5, 7],
])('%i days before a known end the warning of %s days is due', (days, threshold) => {
  const keys = dueWarnings(secret, END - days * DAY).map(warning => warning.key);
  expect(keys).toEqual(threshold === null ? [] : [`ends:client-secret:2027-01-31:${threshold}`]);
});

test('looked at every day, each warning has three keys in all, and a new date makes new ones', () => {
  const keys = new Set<string>();
  for (let day = 60; day > -10; day -= 1) {
    for (const warning of dueWarnings(secret, END - day * DAY)) keys.add(warning.key);
  }
  expect([...keys].map(key => key.split(':').at(-1))).toEqual(['30', '14', '7']);
  expect(dueWarnings([{ what: 'client-secret', at: END + 365 * DAY }], END)).toEqual([]);
});

test('says what ends, when, and what to do', () => {
  const [soon] = dueWarnings(secret, END - 6.5 * DAY);
  expect(soon?.text).toBe(
    'The client secret of the app registration ends on 2027-01-31, in 7 days. Create a new one, put it into PARTNER_CLIENT_SECRET and its end into PARTNER_CLIENT_SECRET_EXPIRES_ON.',
  );
  const [over] = dueWarnings(secret, END + DAY);
  expect(over?.text).toContain('ended on 2027-01-31');
});

test('a refresh token that nobody used for 60 days is warned of; the same end is told once', () => {
  const savedAt = END - 90 * DAY;
  const known = { clientSecretExpiresOn: null, certificateEndsAt: null };
  const inFile = knownEnds({ ...known, stored: { savedAt, expiresAt: null } });
  expect(inFile).toEqual([{ what: 'refresh-token', at: END }]);
  expect(dueWarnings(inFile, savedAt + 59 * DAY)).toEqual([]);
  expect(dueWarnings(inFile, savedAt + 60 * DAY)).toHaveLength(1);
  expect(knownEnds({ ...known, stored: { savedAt, expiresAt: END } })).toEqual([{ what: 'vault-secret', at: END }]);
  expect(knownEnds({ ...known, stored: null })).toEqual([]);
});
