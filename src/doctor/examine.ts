import type { RawPage } from '../model/referral-source.ts';
import { checkChannel, kindsSet } from './channel-check.ts';
import { checkEscalation } from './escalation-check.ts';
import { createExamination } from './examination.ts';
import { checkOnCall } from './on-call-check.ts';
import { checkClock, checkReferrals, checkRole, checkSecrets, checkSignIn, checkToken } from './partner-checks.ts';
import { checkRoutes } from './routes-check.ts';
import type { PartsUnderTest, SetUp } from './set-up.ts';
import { checkSchedule, checkSettings } from './settings-checks.ts';
import { checkTables } from './tables-check.ts';
import { type CheckResult, skipped, type Verdict } from './verdict.ts';

/** All checks of a set-up, in their order. Writes no checkpoint and no heartbeat; tells nobody unless `send`. */
export async function examine(setUp: SetUp, { send }: { readonly send: boolean }): Promise<readonly CheckResult[]> {
  const { reading, parts, now } = setUp;
  const { check, results } = createExamination();
  /** Checks that need the parts of a poll are skipped without them. */
  const withParts = (look: (parts: PartsUnderTest) => Promise<Verdict> | Verdict) => () =>
    parts ? look(parts) : skipped();

  await check('settings', [], () => checkSettings(setUp));
  await check('schedule', [], () => checkSchedule(reading, now));
  await check('escalation', [], () => checkEscalation(setUp));
  await check('routes', [], () => checkRoutes(setUp));
  await check(
    'tables',
    [],
    withParts(({ writeRow, statusOf }) => checkTables(writeRow, statusOf, reading)),
  );
  await check(
    'sign-in',
    [],
    withParts(one => checkSignIn(one, reading, setUp.managed)),
  );
  await check('token', ['sign-in'], withParts(checkToken));
  const first: { page: RawPage | null } = { page: null };
  await check(
    'referrals',
    ['token'],
    withParts(async ({ referrals }) => {
      const found = await checkReferrals(referrals, reading.other.referralsFilter);
      first.page = found.page;
      return found.verdict;
    }),
  );
  await check(
    'role',
    ['referrals'],
    withParts(({ referrals }) => (first.page ? checkRole(referrals, first.page) : skipped())),
  );
  await check('clock', ['referrals'], () => (first.page ? checkClock(first.page, now) : skipped()));
  await check(
    'secrets',
    [],
    withParts(one => checkSecrets(one, now)),
  );
  await check('on-call', [], () => checkOnCall(setUp));

  let mailServerFails = false;
  for (const kind of kindsSet(setUp)) {
    const { id } = kind;
    const channel = setUp.channels.find(one => one.id === id);
    const isMail = /(^|-)email(:|$)/.test(id);
    await check(`channel:${id}`, id === 'bot' ? ['tables'] : [], async () => {
      // One mail server carries all mail: it fails once.
      if (!channel || (isMail && mailServerFails)) return skipped();
      const verdict = await checkChannel(channel, kind, send);
      mailServerFails ||= isMail && verdict.state === 'failed';
      return verdict;
    });
  }
  return results();
}
