import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReferralId } from '../../src/model/referral-id.ts';
import { isClearlyNotPending, parsePending, parseReferral } from '../../src/partner-center/wire.ts';

const FIELDS = ['id', 'status', 'substatus', 'direction', 'type', 'name', 'createdDateTime', 'expirationDateTime'];
const NESTED = [
  'customerProfile',
  'details',
  'consent',
  'inviteContext',
  'team',
  'address',
  'requirements',
  'solutions',
];

/** A resource in which any field may hold anything, and anything may be missing. */
const resource = fc.dictionary(
  fc.constantFrom(...FIELDS, ...NESTED),
  fc.oneof(
    fc.anything(),
    fc.dictionary(fc.constantFrom('name', 'address', 'team', 'notes', 'dealValue', 'requirements'), fc.anything()),
  ),
);

test('whatever comes, reading it never throws, ids are safe, and money and dates are numbers', () => {
  fc.assert(
    fc.property(fc.oneof(resource, fc.anything()), value => {
      const pending = parsePending(value);
      if (pending) expect(isReferralId(pending.id)).toBe(true);
      expect(typeof isClearlyNotPending(value)).toBe('boolean');
      const { createdAt, reportedExpiry, facts } = parseReferral(value);
      for (const instant of [createdAt, reportedExpiry])
        expect(instant === null || Number.isFinite(instant)).toBe(true);
      expect(facts.value === null || facts.value.amount > 0).toBe(true);
      expect(facts.customer === null || !/[\p{Cc}\n]/u.test(facts.customer)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
