import { isPending } from './referrals-api/resource.ts';
import type { Sandbox } from './sandbox.ts';
import { idOf, labelOf, toldByReferral } from './told.ts';

/** A table of the pending referrals and the channels each was told in, and what the polls said. */
export function report(sandbox: Sandbox): string {
  const told = toldByReferral(sandbox);
  const rows = sandbox.referralsApi.state.referrals
    .filter(referral => isPending(referral) || (told.get(idOf(referral))?.length ?? 0) > 0)
    .map(referral => {
      const channels = [...new Set((told.get(idOf(referral)) ?? []).map(({ channel }) => channel))];
      return [labelOf(referral), idOf(referral).slice(0, 8), channels.join(', ') || 'nobody yet'] as const;
    });
  const width = Math.max(10, ...rows.map(([customer]) => customer.length));
  const lines = [['Referral', 'Id', 'Told in'] as const, ...rows].map(
    ([customer, id, channels]) => `${customer.padEnd(width)}  ${id.padEnd(8)}  ${channels}`,
  );
  const polls = sandbox.polls.map(
    poll => `Poll ${poll.id}: ${poll.ok ? 'ok' : `failed: ${poll.error}`} (${Math.round(poll.durationMs)} ms)`,
  );
  return ['', ...lines, '', ...polls, ''].join('\n');
}
