import { createSwitches } from './console/switches.ts';
import { isPending } from './referrals-api/resource.ts';
import type { PollRun, Sandbox } from './sandbox.ts';
import { deliveriesOf } from './table-rows.ts';
import { idOf, toldByReferral } from './told.ts';
import { workingTimeIn } from './working-hours.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const DAYS = 15;
/** A fault strikes when leads of every age are there, and passes early enough to see what it left behind. */
const FAULT = { firstDay: 6, days: 2 };

export interface StoryOptions {
  readonly say: (line: string) => void;
  /** Ends the story early. */
  readonly stopped: Promise<void>;
  /** The switch of the console that is on for two of the days. */
  readonly fault?: string;
}

/** Plays fifteen days of leads that come, are answered or not, and sums them up. Answers the exit code. */
export async function tellStory(sandbox: Sandbox, { say, stopped, fault }: StoryOptions): Promise<number> {
  const { driver, referralsApi, clock } = sandbox;
  if (!driver) throw new Error('The app is not started.');
  const switches = createSwitches(sandbox);
  function turn(on: boolean): void {
    if (fault === undefined) return;
    if (!switches.set(fault, on)) throw new Error(`There is no switch named ${fault}.`);
    say(`${fault} is switched ${on ? 'on' : 'off'}`);
  }
  let going = true;
  void stopped.then(() => {
    going = false;
  });
  const begin = clock.now();
  await driver.poll();
  const answers = answerPlan(sandbox);
  const meant = new Set<string>();
  for (let day = 1; day <= DAYS && going; day += 1) {
    if (day === FAULT.firstDay) turn(true);
    if (day === FAULT.firstDay + FAULT.days) turn(false);
    const before = sandbox.polls.length;
    answers.expect(referralsApi.addLeads(day % 3 === 0 ? 2 : 1));
    for (let hours = 0; hours < 24 && going; hours += 6) {
      await driver.advance(6 * HOUR);
      answers.giveDue();
    }
    if (fault !== undefined && day >= FAULT.firstDay && day < FAULT.firstDay + FAULT.days) {
      for (const { id } of sandbox.polls.slice(before)) meant.add(id);
    }
    const pending = referralsApi.state.referrals.filter(isPending).length;
    say(`Day ${String(day).padStart(2)}: ${pending} pending, ${sandbox.polls.length} polls`);
  }
  const failed = sandbox.polls.filter(({ id, ok }) => !ok && !meant.has(id));
  const untold = sumUp(sandbox, { begin, failed, say });
  return untold === 0 && failed.length === 0 ? 0 : 1;
}

/** Who answers what: of the leads that come, every third is taken on after two days, every fourth is declined after nine. */
function answerPlan({ referralsApi, clock }: Sandbox) {
  const due: { id: string; at: number; decision: 'accept' | 'decline' }[] = [];
  let count = 0;
  // Of the leads that were there at the start, the second most urgent is answered within a day.
  const second = referralsApi.state.referrals.filter(isPending)[1];
  if (second) due.push({ id: idOf(second), at: clock.now() + 18 * HOUR, decision: 'accept' });
  return {
    expect(leads: readonly Readonly<Record<string, unknown>>[]) {
      for (const lead of leads) {
        count += 1;
        if (count % 3 === 0) due.push({ id: idOf(lead), at: clock.now() + 2 * DAY, decision: 'accept' });
        else if (count % 4 === 0) due.push({ id: idOf(lead), at: clock.now() + 9 * DAY, decision: 'decline' });
      }
    },
    giveDue() {
      for (const answer of due.splice(0)) {
        if (answer.at > clock.now()) due.push(answer);
        else referralsApi[answer.decision](answer.id);
      }
    },
  };
}

interface Outcome extends Pick<StoryOptions, 'say'> {
  readonly begin: number;
  /** Polls that had no fault to fail for. */
  readonly failed: readonly PollRun[];
}

/** Answers how many expired untold. */
function sumUp(sandbox: Sandbox, { begin, failed, say }: Outcome): number {
  const told = toldByReferral(sandbox);
  const referrals = sandbox.referralsApi.state.referrals.filter(referral => wasPending(referral, begin));
  const escalated = new Set(
    sandbox.checkpoints
      .filter(row =>
        deliveriesOf(row).some(({ alert, state }) => alert.startsWith('escalation') && state === 'delivered'),
      )
      .map(row => row.referralId.toLowerCase()),
  );
  const untold = referrals.filter(referral => referral.substatus === 'Expired' && !toldInTime(referral, told));
  const count = (test: (referral: Readonly<Record<string, unknown>>) => boolean) => referrals.filter(test).length;
  say('');
  say(`referrals: ${referrals.length}`);
  say(`told: ${count(referral => (told.get(idOf(referral))?.length ?? 0) > 0)}`);
  say(`escalated: ${count(referral => escalated.has(idOf(referral)))}`);
  say(`answered: ${count(({ substatus }) => substatus === 'Accepted' || substatus === 'Declined')}`);
  say(`outside working time: ${stepsOutsideHours(sandbox)}`);
  say(`expired: ${count(({ substatus }) => substatus === 'Expired')}`);
  for (const { at, error } of failed) say(`  failed at ${new Date(at).toISOString()}: ${error}`);
  say(`failed without a fault: ${failed.length}`);
  for (const referral of untold) say(`  untold before it expired: ${idOf(referral)}`);
  say(`expired untold: ${untold.length}`);
  return untold.length;
}

/**
 * How many reminders reached sales while nobody works there, though a working period had begun since the lead was first
 * seen. What came in too late for that is told at its moment, whatever the hour.
 */
function stepsOutsideHours({ checkpoints }: Sandbox): number {
  const isWorkingTime = workingTimeIn(process.env);
  const toSales = (channel: string) => !/^(oncall-|pager|last-resort)/.test(channel);
  const hadItsChance = (seen: number, told: number) => {
    for (let at = seen; at < told; at += HOUR / 4) if (!isWorkingTime(at) && isWorkingTime(at + HOUR / 4)) return true;
    return false;
  };
  return checkpoints.flatMap(row => {
    const seen = Date.parse(row.columns.firstSeenAt ?? '');
    return deliveriesOf(row).filter(({ alert, channel, at }) => {
      if (at === null || !alert.startsWith('escalation') || !toSales(channel)) return false;
      return !isWorkingTime(at) && hadItsChance(seen, at);
    });
  }).length;
}

/** Whether the referral was pending at some time of the story. */
function wasPending(referral: Readonly<Record<string, unknown>>, begin: number): boolean {
  if (referral.direction !== 'Incoming') return false;
  const left = Date.parse(String(referral.closedDateTime ?? referral.acceptedDateTime));
  return isPending(referral) || left >= begin;
}

/** Whether somebody took an alert of it near its end, when the last step was due: one told and then forgotten is untold. */
function toldInTime(referral: Readonly<Record<string, unknown>>, told: ReturnType<typeof toldByReferral>): boolean {
  const expired = Date.parse(String(referral.closedDateTime));
  const lastStep = lastStepBefore(process.env.ESCALATION_STEPS);
  return (told.get(idOf(referral)) ?? []).some(({ at }) => at < expired && at >= expired - lastStep);
}

/** How long before expiry the last step of the ladder stands: a day, unless the settings say otherwise. */
function lastStepBefore(steps: string | undefined): number {
  const units: Readonly<Record<string, number>> = { m: 60_000, h: HOUR, d: DAY };
  const spans = [...(steps ?? '').matchAll(/(\d+)([mhd])\s*:/g)].map(
    ([, n, unit]) => Number(n) * (units[unit ?? ''] ?? 0),
  );
  return spans.length > 0 ? Math.min(...spans) : DAY;
}
