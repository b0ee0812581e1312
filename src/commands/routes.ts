import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ExplainedRoute, explainKept, explainSamples } from '../app/explain-routes.ts';
import type { Referral } from '../model/referral.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import { parseReferral } from '../partner-center/wire.ts';
import { readSettings } from '../settings/read-settings.ts';
import { CommandError } from './command-error.ts';
import { readEnvironment } from './settings-source.ts';
import { command, runHere, silentLog, type Terminal } from './terminal.ts';

const USAGE = `Says for each pending referral which rules take it, why, and which channels hear it. Sends nothing.

  npm run routes                           all that is pending, from what is kept
  npm run routes -- --referral ID          one of them
  npm run routes -- --sample FILE          a resource of the API, or a list of them, in a file; asks nobody
  npm run routes -- --routes FILE          other rules, before they are deployed
  npm run -s routes -- --json              prints JSON alone, for machines
  npm run routes -- --settings FILE        reads FILE in place of local.settings.json`;

/** Answers whether the rules are right. */
async function explain(args: readonly string[], terminal: Terminal): Promise<boolean> {
  const { say, folder } = terminal;
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean' },
      referral: { type: 'string' },
      sample: { type: 'string' },
      routes: { type: 'string' },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const env = readEnvironment(terminal, values.settings ?? null);
  const rules = values.routes === undefined ? {} : { ALERT_ROUTES: textOf(values.routes, folder) };
  const { needed, other, problems } = readSettings({ ...env, ...rules });
  const wrong = problems.filter(({ setting }) => setting === 'ALERT_ROUTES');
  for (const { setting, message } of wrong) terminal.complain(`${setting} ${message}.`);

  const all = values.sample
    ? explainSamples(samplesIn(values.sample, folder), other)
    : await explainKept({ ...(needed ?? cannotRead(problems)), ...other }, { log: silentLog, clock: Date.now });
  const referrals = values.referral === undefined ? all : ofOne(all, values.referral);
  if (values.json) say(JSON.stringify({ referrals }, null, 2));
  else for (const line of linesOf(referrals)) say(line);
  return wrong.length === 0;
}

function ofOne(all: readonly ExplainedRoute[], id: string): readonly ExplainedRoute[] {
  const found = all.filter(each => each.id.toLowerCase() === id.toLowerCase());
  if (found.length === 0) throw new CommandError('No pending referral of that id is kept.');
  return found;
}

function cannotRead(problems: readonly SettingProblem[]): never {
  const stopping = problems.filter(({ stopsPoll }) => stopsPoll);
  throw new CommandError(stopping.map(({ setting, message }) => `${setting} ${message}.`).join('\n'));
}

/** A resource, a list of them, or a page of Partner Center's list. */
function samplesIn(file: string, folder: string): readonly Referral[] {
  const value = jsonIn(file, folder);
  const list = Array.isArray(value) ? value : ((value as { value?: unknown })?.value ?? [value]);
  const items = Array.isArray(list) ? list : [];
  if (items.length === 0 || items.some(item => typeof item !== 'object' || item === null)) {
    throw new CommandError(`${file} holds no referral: put in a resource as Partner Center answers it.`);
  }
  return items.map(item => parseReferral(item));
}

function jsonIn(file: string, folder: string): unknown {
  try {
    return JSON.parse(textOf(file, folder).replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} is no JSON.`);
  }
}

function textOf(file: string, folder: string): string {
  try {
    return readFileSync(path.resolve(folder, file), 'utf8');
  } catch {
    throw new CommandError(`The file ${file} cannot be read.`);
  }
}

function linesOf(referrals: readonly ExplainedRoute[]): readonly string[] {
  if (referrals.length === 0) return ['Nothing is pending.'];
  const rows = referrals.map(({ id, customer, rules, channels, onCall, why }) => ({
    who: oneLine(customer ?? id),
    rule: rules.join(' + ') || '(no rules)',
    channels: channels.join(', ') || '(nobody yet)',
    onCall: onCall.join(', ') || '(nobody)',
    id,
    why,
  }));
  const head = { who: 'Customer', rule: 'Rule', channels: 'Channels', onCall: 'On call at critical' };
  const width = (key: keyof typeof head) => Math.max(head[key].length, ...rows.map(row => row[key].length));
  const widths = { who: width('who'), rule: width('rule'), channels: width('channels') };
  const line = (row: typeof head) =>
    `${row.who.padEnd(widths.who)}  ${row.rule.padEnd(widths.rule)}  ${row.channels.padEnd(widths.channels)}  ${row.onCall}`;
  return [
    line(head),
    ...rows.flatMap(row => [line(row), `  ${row.id}`, ...row.why.map(sentence => `  ${oneLine(sentence)}`)]),
  ];
}

/** What a customer wrote does not move the cursor. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300);
}

export const routes = command(explain, 'The rules could not be explained.');

if (import.meta.main) await runHere(routes);
