import { parseArgs } from 'node:util';
import { openKept } from '../app/kept.ts';
import { readReport, ruleNames } from '../app/report.ts';
import { loadLocalTime } from '../base/local-time.ts';
import { readSettings, readTablesSettings } from '../settings/read-settings.ts';
import { CommandError } from './command-error.ts';
import { csvOf } from './report/csv.ts';
import { daysIn } from './report/days.ts';
import { jsonOf } from './report/json.ts';
import { tableOf } from './report/table.ts';
import { readEnvironment } from './settings-source.ts';
import { command, runHere, type Terminal } from './terminal.ts';

const USAGE = `Says what happened to referrals in a span of days, from what is kept. Asks and tells nobody.

  npm run report -- --from 2026-11-01 --to 2026-11-30     both days included, in ALERT_TIME_ZONE
  npm run -s report -- --from DAY --to DAY --json         prints JSON alone, for machines
  npm run -s report -- --from DAY --to DAY --csv          prints a line for each referral, for a spreadsheet
  npm run report -- --settings FILE                       reads FILE in place of local.settings.json`;

async function countUp(args: readonly string[], terminal: Terminal): Promise<void> {
  const { say } = terminal;
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
      csv: { type: 'boolean' },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return say(USAGE);
  if (values.json && values.csv) throw new CommandError('Ask for --json or for --csv, not for both.');
  const env = readEnvironment(terminal, values.settings ?? null);
  const kept = openKept(readTablesSettings(env));
  const { other } = readSettings(env);
  const time = (await loadLocalTime())(other.timeZone);
  const days = daysIn(values, time);
  const { report: found, courses } = await readReport(kept, days.span, ruleNames(other), time);
  if (days.span.from < Date.now() - other.retentionMs) {
    const kept = Math.round(other.retentionMs / 86_400_000);
    terminal.complain(
      `What was answered or expired more than ${kept} days ago is erased: those days may lack some of it.`,
    );
  }
  if (values.json) say(JSON.stringify(jsonOf(found, days), null, 2));
  else if (values.csv) terminal.print(csvOf(courses));
  else for (const line of tableOf(found, days)) say(line);
}

export const report = command(countUp, 'The report could not be made.');

if (import.meta.main) await runHere(report);
