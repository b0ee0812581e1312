import { unboundIn } from '../alerts/audiences.ts';
import { worthKeeping } from '../alerts/channel-states.ts';
import type { Untold } from '../alerts/untold.ts';
import { waitingIn } from '../alerts/waiting.ts';
import type { Instant } from '../base/instant.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { channelFindings } from '../watch/channel-findings.ts';
import {
  nobodyListensFinding,
  routeFinding,
  rowsFinding,
  untoldFinding,
  visibilityFinding,
} from '../watch/findings.ts';
import { stillPending } from './facts.ts';
import type { Found } from './find.ts';
import { lookAfterUntold } from './last-resort.ts';
import type { PollDeps } from './poll-deps.ts';
import { refreshCards } from './refresh.ts';
import type { Work } from './report.ts';
import type { Run } from './run.ts';
import type { Start } from './start.ts';
import { type Told, tell, triesOf } from './tell.ts';
import { tellUnheard } from './unheard.ts';

/** The second half of a poll: tells what was decided, records what came of it, and looks after what nobody was told. */
export async function carryOut(found: Found, { last, tally }: Start, deps: PollDeps): Promise<Work> {
  const { run, plan, complete, blind, today } = found;
  const { ledger, states } = run;
  let told: readonly Told[] = [];
  let untold: readonly Untold[] = [];
  try {
    told = await tell(stillPending(plan.messages, run.readings), found.changed, run);
    await ledger.commit(await refreshCards(plan.cardsBehind, told, run));
    untold = await lookAfterUntold(run, deps.operators);
    await tellUnheard(plan.unheard, run, deps.operators);
  } finally {
    await ledger.finish(plan.toClose);
  }
  const bulletins = await tellBulletins(run, complete ? null : last.lastGoodPollAt, deps);

  for (const row of ledger.rows.values()) tally.add(row);
  const figures = { ...tally.figures(), channels: worthKeeping(states), untold: untold.length };
  const channels = [...run.channels.keys()];
  const tries = [...found.tries, ...triesOf(told)];
  return {
    told,
    findings: [
      ...visibilityFinding(complete, blind),
      ...rowsFinding(found.unreadable, deps.checkpoints.rowTroubles()),
      ...channelFindings({ channels, tries, states, waiting: waitingIn(ledger.rows.values()), now: run.now }),
      ...bulletins,
      untoldFinding(untold.length),
      nobodyListensFinding(figures.pending, listeners(run)),
      ...today.findings,
      ...today.gap(tally.expiries()),
      routeFinding(unboundIn(run.policy)),
    ],
    channels: [...channels, ...(deps.bulletins?.channels ?? [])],
    figures,
    soon: tally.soon(),
    blind: blind !== null,
    isOpen: openIn(ledger.rows.values()),
  };
}

/** Told after all alerts, once their outcomes are recorded. What fails here is made up for at the next poll. */
async function tellBulletins(run: Run, unconfirmedSince: Instant | null, { bulletins, log }: PollDeps) {
  if (!bulletins) return [];
  try {
    return await bulletins.tell({ ...run, unconfirmedSince });
  } catch (error) {
    log.warn('bulletin.failed', { reason: error instanceof Error ? error.name : 'unknown' });
    return [];
  }
}

/** Of what was not listed nothing rests, so all that is kept of it is among these rows. */
function openIn(rows: Iterable<Checkpoint>): Work['isOpen'] {
  const open = new Set([...rows].flatMap(({ exit, referralId }) => (exit ? [] : referralId.toLowerCase())));
  return id => open.has(id.toLowerCase());
}

/** How many sales channels there are, and how many of them take nothing. */
function listeners({ channels, states }: Run) {
  const sales = [...channels.values()].filter(({ audience }) => audience === 'sales');
  return { set: sales.length, refusing: sales.filter(({ id }) => states.get(id)?.refusing).length };
}
