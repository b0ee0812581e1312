import { kindsSet } from './channel-check.ts';
import type { SetUp } from './set-up.ts';
import { failed, ok, type Verdict, warning } from './verdict.ts';

/** Who hears of referrals, and which channels nobody set. */
export function checkRoutes(setUp: SetUp): Verdict {
  const set = kindsSet(setUp);
  const sales = set.filter(({ tells }) => tells === 'sales').map(({ id }) => id);
  const notSet = setUp.kinds.filter(kind => !set.includes(kind)).map(({ id }) => id);
  const rest = notSet.length === 0 ? 'every channel is set' : `not set: ${notSet.join(', ')}`;
  if (sales.length === 0) {
    return failed(`no channel tells sales of a referral; ${rest}`, 'Set TEAMS_WEBHOOK_URL, EMAIL_TO or BOT_APP_ID.');
  }
  const { rules } = setUp.reading.other;
  if (rules === null) {
    const told = withoutName(sales);
    return withDeaf(setUp, told, `no rules: every referral goes to ${told.join(', ')}; ${rest}`);
  }
  const wrong = setUp.reading.problems
    .filter(({ setting }) => setting === 'ALERT_ROUTES')
    .map(({ message }) => message);
  if (rules === 'unreadable') {
    return failed(
      `the rules cannot be read: ALERT_ROUTES ${wrong.join('; ')}`,
      'Correct ALERT_ROUTES, and try it with npm run routes; until then new leads go to the channels without a name.',
    );
  }
  const named = new Set(rules.flatMap(({ channels }) => channels));
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}, ${named.size} ${named.size === 1 ? 'channel' : 'channels'}`;
  if (wrong.length === 0) return withDeaf(setUp, [...named], `${count}; ${rest}`);
  return warning(
    `${count}; ALERT_ROUTES ${wrong.join('; ')}; ${rest}`,
    'Correct ALERT_ROUTES, and try it with npm run routes.',
  );
}

/** A channel with a name is told only by rules that name it. */
function withDeaf(setUp: SetUp, told: readonly string[], found: string): Verdict {
  const deaf = kindsSet(setUp).filter(({ id, tells }) => tells === 'sales' && id.includes(':') && !told.includes(id));
  if (deaf.length === 0) return ok(found);
  return warning(
    `${found}; no rule names ${deaf.map(({ id }) => id).join(', ')}, so nothing is told there`,
    `Name it in a rule of ALERT_ROUTES, or take ${deaf.map(({ setting }) => setting).join(', ')} out.`,
  );
}

/** What hears of everything without rules: all, where every one has a name. */
function withoutName(sales: readonly string[]): readonly string[] {
  const plain = sales.filter(id => !id.includes(':'));
  return plain.length > 0 ? plain : sales;
}
