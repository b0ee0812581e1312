import { loadLocalTime } from '../base/local-time.ts';
import type { Log } from '../base/log.ts';
import type { CheckpointArchive } from '../model/checkpoint-store.ts';
import { type Bulletins, createBulletins, type ReportChannel } from '../poll/bulletins.ts';
import type { OtherSettings } from '../settings/settings.ts';
import type { Watch } from '../watch/watch.ts';
import { readReport, ruleNames } from './report.ts';

export interface BulletinParts {
  readonly checkpoints: CheckpointArchive;
  readonly watch: Watch;
  readonly channels: readonly ReportChannel[];
  readonly log: Log;
}

/** What tells summaries and reports; null when neither is set. */
export function bulletinsOf(
  settings: OtherSettings,
  { checkpoints, watch, channels, log }: BulletinParts,
): Bulletins | null {
  const { summaryAt, report, timeZone } = settings;
  if (summaryAt === null && (report.at === null || channels.length === 0)) return null;
  return createBulletins({
    summaryAt,
    reportAt: report.at,
    reportChannels: channels,
    checkpoints,
    watch,
    readReport: async (span, time) => (await readReport(checkpoints, span, ruleNames(settings), time)).report,
    localTime: async () => (await loadLocalTime())(timeZone),
    log,
  });
}
