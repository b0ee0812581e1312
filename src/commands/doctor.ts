import { parseArgs } from 'node:util';
import { examineSettings } from '../app/doctor.ts';
import type { CheckResult } from '../doctor/verdict.ts';
import { CommandError } from './command-error.ts';
import { askApp } from './doctor/ask-app.ts';
import { readSource } from './settings-source.ts';
import { command, runHere, silentLog, type Terminal } from './terminal.ts';

const USAGE = `Checks a set-up of Referral Alerts step by step.

  npm run doctor                           tells nobody: looks only
  npm run doctor -- --send                 sends one test message to each channel
  npm run -s doctor -- --json              prints JSON alone, for machines
  npm run doctor -- --settings FILE        reads FILE in place of local.settings.json
  npm run doctor -- --app URL --key KEY    lets the deployed app check itself (or put the key into DOCTOR_KEY)`;

const MARKS: Readonly<Record<CheckResult['state'], string>> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };

/** Answers whether all is well. */
async function look(args: readonly string[], terminal: Terminal): Promise<boolean> {
  const { say } = terminal;
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean' },
      send: { type: 'boolean' },
      settings: { type: 'string' },
      app: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const checks = await checksOf(values, terminal);
  const isWell = checks.every(check => check.state !== 'failed');
  if (values.json) say(JSON.stringify({ ok: isWell, checks }, null, 2));
  else for (const line of linesOf(checks, isWell)) say(line);
  return isWell;
}

interface Asked {
  readonly send?: boolean | undefined;
  readonly settings?: string | undefined;
  readonly app?: string | undefined;
  readonly key?: string | undefined;
}

async function checksOf(
  { send = false, settings, app, key }: Asked,
  terminal: Terminal,
): Promise<readonly CheckResult[]> {
  if (app === undefined) {
    if (key !== undefined) throw new CommandError('--key goes with --app URL.');
    return examineSettings(readSource(terminal, settings ?? null), { log: silentLog, clock: Date.now }, { send });
  }
  if (send)
    throw new CommandError(
      'The deployed app sends no test messages: leave out --send. npm run azure -- test sends them from here.',
    );
  return askApp(app, key ?? terminal.env.DOCTOR_KEY ?? '');
}

function linesOf(checks: readonly CheckResult[], isWell: boolean): readonly string[] {
  const width = Math.max(...checks.map(check => check.name.length));
  const lines = checks.flatMap(({ name, state, found, cure }) => {
    const text = found || 'not looked at: it needs one that failed or was not looked at itself';
    return [
      `${MARKS[state]} ${name.padEnd(width)}  ${text}`,
      ...(cure === '' ? [] : [`  ${' '.repeat(width)}  → ${cure}`]),
    ];
  });
  return [...lines, '', isWell ? verdictOf(checks) : 'Something is wrong; each ✗ says what to do.'];
}

function verdictOf(checks: readonly CheckResult[]): string {
  const isDoubtful = checks.some(({ state }) => state === 'warning');
  // A set-up without shifts is whole.
  const isHalf = checks.some(({ state, name }) => state === 'skipped' && name !== 'on-call');
  if (isHalf)
    return `No fault was found, but what – stands at was not looked at${isDoubtful ? '; each ! says what to look at' : ''}.`;
  return isDoubtful ? 'It works; each ! says what to look at.' : 'All is well.';
}

export const doctor = command(look, 'The doctor failed.');

if (import.meta.main) {
  await runHere(doctor);
  // What hangs on after its time was up shall not keep people waiting.
  setTimeout(() => process.exit(), 500).unref();
}
