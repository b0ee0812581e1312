import { parseArgs } from 'node:util';
import type { CheckResult } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { complain, say } from './output.ts';
import { CommandError, readEnvironment } from './settings-source.ts';

const USAGE = `Checks a set-up of Referral Alerts step by step.

  npm run doctor                      tells nobody: looks only
  npm run doctor -- --send            sends one test message to each channel
  npm run -s doctor -- --json         prints JSON alone, for machines
  npm run doctor -- --settings FILE   reads FILE in place of local.settings.json`;

const MARKS: Readonly<Record<CheckResult['state'], string>> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };

async function doctor(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean' },
      send: { type: 'boolean' },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const checks = await checksOf(values.settings ?? null, values.send ?? false);
  const isWell = checks.every(check => check.state !== 'failed');
  if (values.json) say(JSON.stringify({ ok: isWell, checks }, null, 2));
  else print(checks, isWell);
  return isWell;
}

async function checksOf(file: string | null, send: boolean): Promise<readonly CheckResult[]> {
  try {
    return await examine(readEnvironment(process.env, file), { send, clock: Date.now });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const checks = await examine({}, { send: false, clock: Date.now });
    const cure = 'Name a file like local.settings.sample.json with --settings, or leave it out.';
    return checks.map(check => (check.name === 'settings' ? { ...check, found: error.message, cure } : check));
  }
}

function print(checks: readonly CheckResult[], isWell: boolean): void {
  const width = Math.max(...checks.map(check => check.name.length));
  for (const { name, state, found, cure } of checks) {
    const text = state === 'skipped' ? 'skipped, for it needs one that failed' : found;
    say(`${MARKS[state]} ${name.padEnd(width)}  ${text}`);
    if (cure !== '') say(`  ${' '.repeat(width)}  → ${cure}`);
  }
  say();
  say(isWell ? 'All is well.' : 'Something is wrong; each ✗ says what to do.');
}

try {
  if (!(await doctor(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  complain(error instanceof Error ? error.message : 'The doctor failed.');
  process.exitCode = 1;
}
// What hangs on after its time was up shall not keep people waiting.
setTimeout(() => process.exit(), 500).unref();
