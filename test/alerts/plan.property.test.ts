import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterOutcome, markSending, withDelivery } from '../../src/alerts/deliveries.ts';
import { plan } from '../../src/alerts/plan.ts';
import { restOf } from '../../src/alerts/rest.ts';
import { type Answer, absentees } from '../../src/alerts/sightings.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { alertName } from '../../src/model/alert.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';
import { aPolicy, aSighting, NOW, sightings } from './builders.ts';

type Fate = 'delivered' | 'retry' | 'rejected' | 'dies';

/** A referral as Partner Center has it. */
interface Lead {
  readonly id: string;
  readonly appearsAt: number;
  readonly expiresAt: number;
  readonly leavesAt: number;
  readonly leavesAs: 'accepted' | 'declined' | 'expired';
}

/** One poll: how long after the last, whether the walk came to its end, and what becomes of its deliveries. */
interface Poll {
  readonly wait: number;
  readonly complete: boolean;
  readonly fates: readonly Fate[];
}

const policy = aPolicy({ digestAbove: 3 });

const leads = fc.array(
  fc.record({
    appearsAt: fc.integer({ min: 0, max: 5 * DAY }),
    lasts: fc.integer({ min: HOUR, max: 14 * DAY }),
    leaves: fc.integer({ min: 0, max: 20 * DAY }),
    leavesAs: fc.constantFrom('accepted', 'declined', 'expired'),
  }),
  { minLength: 1, maxLength: 8 },
);

const polls = (fates: readonly Fate[], complete: fc.Arbitrary<boolean>) =>
  fc.array(
    fc.record({
      wait: fc.integer({ min: 1 * MINUTE, max: 30 * HOUR }),
      complete,
      fates: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

function toLeads(drawn: readonly { appearsAt: number; lasts: number; leaves: number; leavesAs: string }[]): Lead[] {
  return drawn.map(({ appearsAt, lasts, leaves, leavesAs }, i) => ({
    id: `lead-${i}`,
    appearsAt: NOW + appearsAt,
    expiresAt: NOW + appearsAt + lasts,
    leavesAt: NOW + appearsAt + Math.min(leaves, lasts),
    leavesAs: leaves >= lasts ? 'expired' : (leavesAs as Lead['leavesAs']),
  }));
}

/** Runs polls over Partner Center's leads as the shell would, and keeps what every channel took. */
function run(all: readonly Lead[], sequence: readonly Poll[], resting = true) {
  let known = new Map<string, Checkpoint>();
  const taken: string[] = [];
  const closed = new Map<string, number>();
  const times: number[] = [];
  let now = NOW;
  for (const { wait, complete, fates } of sequence) {
    now += wait;
    times.push(now);
    const pending = all.filter(lead => lead.appearsAt <= now && lead.leavesAt > now);
    const listed = complete ? pending : pending.slice(0, Math.floor(pending.length / 2));
    const seen = sightings(
      listed.map(lead => aSighting(lead.id, lead.expiresAt - now, now)),
      { complete },
    );
    const answers = new Map<string, Answer>(
      absentees(known.values(), seen).map(id => [id, all.find(lead => lead.id === id)?.leavesAs ?? 'unknown']),
    );
    const decided = plan({ ...seen, answers }, known, policy, now);
    const rows = new Map([...known, ...decided.changed]);
    let turn = 0;
    for (const message of decided.messages) {
      const fate = fates[turn++ % fates.length] as Fate;
      for (const planned of message.alerts) {
        const id = planned.draft.referralId;
        const row = rows.get(id) as Checkpoint;
        const claim = markSending(planned, message, row, { now, run: 'run' });
        const delivery: Delivery =
          fate === 'dies'
            ? claim.marked
            : afterOutcome(claim.marked, { state: fate, reason: 'drawn' }, { now, left: row.expiry.at - now });
        rows.set(id, withDelivery(row, claim, delivery));
        if (fate === 'delivered') taken.push(`${message.channel} ${id} ${alertName(planned.draft)}`);
      }
    }
    for (const id of decided.toClose) {
      closed.set(id, now);
      rows.delete(id);
    }
    known = new Map(
      [...rows].map(([id, row]) => {
        const { rest: _, ...open } = row;
        const rest = resting ? restOf(open, policy, now) : null;
        return [id, rest ? { ...open, rest } : open];
      }),
    );
  }
  return { taken, closed, times };
}

it('tells each alert at most once in each channel, whatever fails', () => {
  fc.assert(
    fc.property(leads, polls(['delivered', 'retry', 'rejected', 'dies'], fc.boolean()), (drawn, sequence) => {
      const { taken } = run(toLeads(drawn), sequence);
      expect(taken).toEqual([...new Set(taken)]);
    }),
  );
});

it('never skips critical when a poll falls into it and the channels work', () => {
  fc.assert(
    fc.property(leads, polls(['delivered'], fc.boolean()), (drawn, sequence) => {
      const all = toLeads(drawn);
      const { taken, times } = run(all, sequence);
      for (const lead of all) {
        const inCritical = (at: number) => at >= lead.expiresAt - DAY && at >= lead.appearsAt && at < lead.leavesAt;
        // Half a list hides a lead until it is whole again; a complete poll must have seen it by then.
        if (!times.some((at, i) => inCritical(at) && sequence[i]?.complete)) continue;
        expect(taken).toContain(`teams ${lead.id} escalation:24h`);
        expect(taken).toContain(`oncall ${lead.id} escalation:24h`);
      }
    }),
  );
});

it('closes on an incomplete walk only a day after the expiry, and on no walk before the referral has left', () => {
  fc.assert(
    fc.property(leads, polls(['delivered', 'retry', 'dies'], fc.boolean()), (drawn, sequence) => {
      const all = toLeads(drawn);
      for (const [id, at] of run(all, sequence).closed) {
        expect(at).toBeGreaterThanOrEqual(all.find(lead => lead.id === id)?.leavesAt ?? Number.POSITIVE_INFINITY);
      }
      const broken = sequence.map(poll => ({ ...poll, complete: false }));
      for (const [id, at] of run(all, broken).closed) {
        expect(at).toBeGreaterThanOrEqual(
          (all.find(lead => lead.id === id)?.expiresAt ?? Number.POSITIVE_INFINITY) + DAY,
        );
      }
    }),
  );
});

it('tells the same with checkpoints at rest as with all of them looked at', () => {
  fc.assert(
    fc.property(leads, polls(['delivered', 'retry', 'rejected', 'dies'], fc.boolean()), (drawn, sequence) => {
      const all = toLeads(drawn);
      expect(run(all, sequence).taken).toEqual(run(all, sequence, false).taken);
    }),
  );
});
