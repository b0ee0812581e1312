import { channelsNotSet, channelsSet } from './channel-check.ts';
import type { SetUp } from './set-up.ts';
import { failed, ok, type Verdict } from './verdict.ts';

const SALES = ['teams', 'email', 'bot'];

/** Who hears of referrals, and which channels nobody set. */
export function checkRoutes({ source: { env } }: SetUp): Verdict {
  const sales = channelsSet(env).filter(id => SALES.includes(id));
  const notSet = channelsNotSet(env);
  const rest = notSet.length === 0 ? 'every channel is set' : `not set: ${notSet.join(', ')}`;
  if (sales.length === 0) {
    return failed(`no channel tells sales of a referral; ${rest}`, 'Set TEAMS_WEBHOOK_URL, EMAIL_TO or BOT_APP_ID.');
  }
  return ok(`no rules: every referral goes to ${sales.join(', ')}; ${rest}`);
}
