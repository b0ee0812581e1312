import { type BulletinKind, type DueBulletin, dueBulletin, hasNoEnd, withoutMessage } from '../alerts/bulletins.ts';
import { afterAnswer } from '../alerts/channel-states.ts';
import { afterOutcome } from '../alerts/deliveries.ts';
import type { Instant } from '../base/instant.ts';
import type { LocalTime } from '../base/local-time.ts';
import type { Log } from '../base/log.ts';
import { once } from '../base/once.ts';
import type { Channel, Message, Outcome } from '../model/channel.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';
import type { Report, Span } from '../model/report.ts';
import type { WeeklyTime } from '../model/weekly.ts';
import { reportChannelFinding } from '../watch/report-finding.ts';
import type { Finding } from '../watch/troubles.ts';
import type { Watch } from '../watch/watch.ts';
import { type BulletinRun, reportFor, summaryFor } from './bulletin-messages.ts';
import { createSender } from './deliver.ts';

/** A channel that hears reports. */
export type ReportChannel = Pick<Channel, 'id' | 'paceMs' | 'deliver' | 'confirm'>;

export interface BulletinDeps {
  /** Null: no summary. */
  readonly summaryAt: WeeklyTime | null;
  /** Null: no report. */
  readonly reportAt: WeeklyTime | null;
  readonly reportChannels: readonly ReportChannel[];
  readonly checkpoints: Pick<CheckpointStore, 'loadOpen'>;
  readonly watch: Pick<Watch, 'recall' | 'noteBulletin'>;
  readonly readReport: (span: Span, time: LocalTime) => Promise<Report>;
  /** Clocks of the readers' zone; loaded when they are first needed. */
  readonly localTime: () => Promise<LocalTime>;
  readonly log: Log;
}

export type Bulletins = ReturnType<typeof createBulletins>;

/** Tells summaries and reports, each once a period and channel: noted in the table before it goes out, and again after. */
export function createBulletins(deps: BulletinDeps) {
  const { summaryAt, reportAt, reportChannels, watch, log } = deps;

  let noting: Promise<unknown> = Promise.resolve();

  /** One after the other: they all stand in one row. */
  const note: Watch['noteBulletin'] = (key, change) => {
    const noted = noting.then(() => watch.noteBulletin(key, change));
    noting = noted.catch(() => {});
    return noted;
  };

  /** All channels side by side: one that does not answer keeps no other waiting. */
  async function tell(poll: BulletinRun): Promise<readonly Finding[]> {
    const run: TimedRun = { ...poll, time: await deps.localTime() };
    const open = once(() => deps.checkpoints.loadOpen());
    const sales = [...run.channels.values()].filter(({ audience }) => audience === 'sales');
    const reports = new Map<string, Promise<Report>>();
    const told = await Promise.allSettled([
      ...(summaryAt ? sales.map(channel => tellSummary(channel, summaryAt, open, run)) : []),
      ...(reportAt ? reportChannels.map(channel => tellReport(channel, reportAt, reports, run)) : []),
    ]);
    for (const each of told) if (each.status === 'rejected') throw each.reason;
    const { bulletins } = await watch.recall();
    return reportChannels.map(({ id }) => reportChannelFinding(id, bulletins[keyOf('report', id)], run.now));
  }

  async function tellSummary(
    channel: Channel,
    schedule: WeeklyTime,
    open: () => Promise<readonly Checkpoint[]>,
    run: TimedRun,
  ): Promise<void> {
    await noteEndless(channel, run);
    const answered = await tellOne('summary', schedule, channel, run, async due =>
      summaryFor(channel, due, await open(), run),
    );
    if (answered) noteState(channel, answered, run);
  }

  /** `reports`: by their periods, so that channels of one period share one. */
  async function tellReport(
    channel: ReportChannel,
    schedule: WeeklyTime,
    reports: Map<string, Promise<Report>>,
    run: TimedRun,
  ): Promise<void> {
    await tellOne('report', schedule, channel, run, async due => {
      const { key, from, to } = due.period;
      const report = reports.get(key) ?? deps.readReport({ from, to }, run.time);
      reports.set(key, report);
      return reportFor(channel, due, await report, run);
    });
  }

  /** The trouble of a channel whose carrier has had a summary for an hour. */
  async function noteEndless({ id }: Channel, { states, now }: BulletinRun): Promise<void> {
    const noted = (await watch.recall()).bulletins[keyOf('summary', id)];
    const state = states.get(id) ?? {};
    if (noted && !noted.anew && hasNoEnd(noted, now)) states.set(id, { endlessSince: now, ...state });
  }

  async function tellOne(
    kind: BulletinKind,
    schedule: WeeklyTime,
    channel: ReportChannel,
    { now, time }: TimedRun,
    messageFor: (due: DueBulletin) => Promise<Message | null>,
  ): Promise<Answered | null> {
    const key = keyOf(kind, channel.id);
    const { bulletins, firstPollAt } = await watch.recall();
    await confirmOne(key, channel, bulletins[key], now);
    const dueNow = (noted: Delivery | undefined): DueBulletin | null => {
      const due = dueBulletin(kind, schedule, { channel: channel.id, noted }, now, time);
      // What ended before anybody watched is nothing to report.
      const before = kind === 'report' && due !== null && due.period.to <= (firstPollAt ?? now);
      return before ? null : due;
    };
    const maybe = dueNow(bulletins[key]);
    if (!maybe) return null;
    const message = await messageFor(maybe);
    // Another run may have noted it since; what stands in the table decides.
    const marked = await note(key, noted => {
      const due = dueNow(noted);
      if (!due) return null;
      return message ? due.marked : withoutMessage(due);
    });
    if (!marked || !message) return null;
    const whole = { ...message, ...formOf(marked), ...('mayBeRepeat' in message && { mayBeRepeat: !!marked.repeat }) };
    const { outcome } = await createSender(channel)(whole, () => ({ ...whole, plainest: true }));
    const settled = afterOutcome(marked, outcome, { now, left: 0 });
    await note(key, noted => (isOurs(noted, marked) ? settled : null));
    log.info('bulletin', {
      kind,
      channel: channel.id,
      outcome: outcome.state,
      attempts: marked.attempts,
      reason: 'reason' in outcome ? outcome.reason : null,
    });
    return { name: `${channel.id} ${marked.alert}`, outcome, byDoubt: settled.byDoubt === true };
  }

  /** What its carrier has accepted is asked for once a poll until it ends. */
  async function confirmOne(key: string, { confirm }: ReportChannel, noted: Delivery | undefined, now: Instant) {
    if (noted?.state !== 'accepted' || noted.byDoubt || noted.reference === undefined || !confirm) return;
    const outcome = await confirm(noted.reference);
    if (outcome.state === 'accepted' || outcome.state === 'retry') return;
    await note(key, current =>
      current?.alert === noted.alert && current.state === 'accepted'
        ? afterOutcome(current, outcome, { now, left: 0 })
        : null,
    );
  }

  return { tell, channels: reportChannels.map(({ id }) => id) };
}

interface TimedRun extends BulletinRun {
  readonly time: LocalTime;
}

interface Answered {
  readonly name: string;
  readonly outcome: Outcome;
  readonly byDoubt: boolean;
}

/** What the answer says of a channel that hears of leads too. */
function noteState(channel: Channel, { name, outcome, byDoubt }: Answered, { states, now }: BulletinRun): void {
  const state = states.get(channel.id) ?? {};
  states.set(channel.id, afterAnswer(state, { message: name, outcome, byDoubt }, { mark: channel.mark, now }));
}

/** Whether the mark is still ours: whoever took us for dead has sent it again, and what came of that counts. */
function isOurs(noted: Delivery | undefined, { alert, at, attempts }: Delivery): boolean {
  return noted?.state === 'sending' && noted.alert === alert && noted.at === at && noted.attempts === attempts;
}

function keyOf(kind: BulletinKind, channel: string): string {
  return `${kind}/${channel}`;
}

function formOf({ plain, round, again }: Delivery): Pick<Message, 'plainest' | 'round' | 'only'> {
  return { ...(plain && { plainest: true as const }), ...(round && { round }), ...(again && { only: again }) };
}
