import { isPending } from './referrals-api/resource.ts';
import type { Sandbox } from './sandbox.ts';
import { deliveriesOf } from './table-rows.ts';
import { idOf, toldByReferral } from './told.ts';
import { workingTimeIn } from './working-hours.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const DAYS = 15;

/** Plays fifteen days of leads that come, are answered or not, and sums them up. Answers the exit code. */
export async function tellStory(
  sandbox: Sandbox,
  say: (line: string) => void,
  stopped: Promise<void>,
): Promise<number> {
  const { driver, referralsApi, clock } = sandbox;
  if (!driver) throw new Error('The app is not started.');
  let going = true;
  void stopped.then(() => {
    going = false;
  });
  const begin = clock.now();
  await driver.poll();
  const answers = answerPlan(sandbox);
  for (let day = 1; day <= DAYS && going; day += 1) {
    answers.expect(referralsApi.addLeads(day % 3 === 0 ? 2 : 1));
    for (let hours = 0; hours < 24 && going; hours += 6) {
      await driver.advance(6 * HOUR);
      answers.giveDue();
    }
    const pending = referralsApi.state.referrals.filter(isPending).length;
    say(`Day ${String(day).padStart(2)}: ${pending} pending, ${sandbox.polls.length} polls`);
  }
  return sumUp(sandbox, begin, say);
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

function sumUp(sandbox: Sandbox, begin: number, say: (line: string) => void): number {
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
  for (const referral of untold) say(`  untold before it expired: ${idOf(referral)}`);
  say(`expired untold: ${untold.length}`);
  return untold.length === 0 ? 0 : 1;
}

/** How many reminders reached sales while nobody works there. What is new is told at once, whatever the hour. */
function stepsOutsideHours({ checkpoints }: Sandbox): number {
  const isWorkingTime = workingTimeIn(process.env);
  const toSales = (channel: string) => !/^(oncall-|pager|last-resort)/.test(channel);
  const steps = checkpoints
    .flatMap(row => deliveriesOf(row))
    .filter(({ alert, channel, at }) => alert.startsWith('escalation') && toSales(channel) && at !== null);
  return steps.filter(({ at }) => !isWorkingTime(Number(at))).length;
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
