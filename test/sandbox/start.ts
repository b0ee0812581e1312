// npm start [-- --port N] [--bot] [--once | --story [--fault NAME]]: the product and everything around it, on this machine.
import { parseArgs } from 'node:util';
import { SWITCH_NAMES } from './console/switches.ts';
import { watchParent } from './parent.ts';
import type { Sandbox } from './sandbox.ts';
import type { Served } from './serve.ts';

const USUAL_PORT = 4280;
const SAMPLE = new URL('../../local.settings.sample.json', import.meta.url);
const USAGE = 'Usage: npm start [-- --port N] [--bot] [--once | --story [--fault NAME]]';
const HELP = `The product and everything around it on this machine: a page shows what happens, and turns the clock.

${USAGE}

  --port N   the page's port; 0 takes any free one. Without it: ${USUAL_PORT}, or another when that is taken
  --bot      the Teams bot tells the sales channel, in the webhook's stead
  --once     two polls, then a report of who was told where
  --story    fifteen days, as fast as they go, then what became of each lead
  --fault    this switch of the page is on for two of those days:
             ${SWITCH_NAMES.join('\n             ')}`;

interface Choices {
  /** Null when none was asked for: the usual one, or another when that is taken. */
  readonly port: number | null;
  readonly mode: 'watch' | 'once' | 'story';
  /** Whether the Teams bot tells the sales channel, in the webhook's stead. */
  readonly bot: boolean;
  /** The switch that is on for two days of the story. */
  readonly fault?: string;
}

function readChoices(args: readonly string[]): Choices {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      bot: { type: 'boolean' },
      once: { type: 'boolean' },
      story: { type: 'boolean' },
      fault: { type: 'string' },
    },
  });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(/^\d+$/.test(values.port ?? '') && port <= 65_535)) {
    throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`);
  }
  if (values.once && values.story) throw new Error('--once and --story exclude each other.');
  const { fault } = values;
  if (fault !== undefined && !values.story) throw new Error('--fault belongs to --story.');
  if (fault !== undefined && !SWITCH_NAMES.includes(fault)) {
    throw new Error(`There is no switch named "${fault}". There are: ${SWITCH_NAMES.join(', ')}.`);
  }
  const mode = values.once ? 'once' : values.story ? 'story' : 'watch';
  return { port, mode, bot: values.bot === true, ...(fault !== undefined && { fault }) };
}

const say = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (text: string) => void process.stderr.write(`${text}\n`);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function openConsole(sandbox: Sandbox, port: number | null): Promise<Served> {
  const { createConsole } = await import('./console/console.ts');
  const onCardAction = sandbox.bot ? { onCardAction: sandbox.bot.press } : {};
  try {
    return await createConsole({ sandbox, port: port ?? USUAL_PORT, ...onCardAction });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    if (port !== null) throw new Error(`Port ${port} is taken. Choose another one: npm start -- --port 0`);
    return await createConsole({ sandbox, port: 0, ...onCardAction });
  }
}

/** How commands in another terminal reach this sandbox, or why they do not. */
function wayIn(takenPorts: readonly number[]): string {
  if (takenPorts.length > 0) {
    const ports = takenPorts.toSorted((a, b) => a - b).join(', ');
    return `Taken, so free ones stand in: ${ports}. local.settings.sample.json does not reach this sandbox.`;
  }
  return [
    'Sign in and examine it from another terminal:',
    '  npm run sign-in -- --device --settings local.settings.sample.json',
    '  npm run doctor -- --settings local.settings.sample.json',
  ].join('\n');
}

/** Runs until the work is done, or until `stopped` when people watch. Answers the exit code. */
async function run(
  { port, mode, fault }: Choices,
  sandbox: Sandbox,
  closeLater: (one: Served) => void,
  stopped: Promise<void>,
) {
  let consoleUrl: string | null = null;
  if (mode !== 'once') {
    const page = await openConsole(sandbox, port);
    closeLater(page);
    consoleUrl = page.url;
    say(`Open ${consoleUrl}`);
  }
  const { driver, host } = await sandbox.startApp({ consoleUrl });
  if (mode === 'story') {
    const { tellStory } = await import('./story.ts');
    return await tellStory(sandbox, { say, stopped, ...(fault !== undefined && { fault }) });
  }
  await driver.poll();
  if (mode === 'once') await driver.poll();
  const { report } = await import('./report.ts');
  say(report(sandbox));
  const good = sandbox.polls.every(poll => poll.ok);
  if (mode === 'once') return good ? 0 : 1;
  say(`The functions listen on ${host.url}, and Partner Center is played on ${sandbox.referralsApi.url}.`);
  if (sandbox.bot) {
    const door = await sandbox.bot.openPlaygroundDoor();
    closeLater(door);
    say(`Microsoft 365 Agents Playground reaches the bot at ${door.url}/api/messages`);
  }
  if (port === null) say(wayIn(sandbox.takenPorts));
  say('Ctrl-C stops everything.');
  await stopped;
  return 0;
}

async function main(): Promise<number> {
  if (process.argv.slice(2).some(arg => arg === '--help' || arg === '-h')) {
    say(HELP);
    return 0;
  }
  let choices: Choices;
  try {
    choices = readChoices(process.argv.slice(2));
  } catch (error) {
    complain(`${reason(error)}\n${USAGE}`);
    return 1;
  }
  const stop = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.resolve());
  const unwatch = watchParent(stop.resolve);
  // A reader that went away (`| head`) must not end the process before it has cleaned up.
  process.stdout.on('error', () => stop.resolve());
  const opened: Served[] = [];
  let sandbox: Sandbox | null = null;
  try {
    // Loaded only now: who asked for something wrong hears it at once.
    const { createSandbox } = await import('./sandbox.ts');
    // Who names a port wants to stand beside others; a report and a story need nobody from outside.
    const isUsual = choices.mode === 'watch' && choices.port === null;
    sandbox = await createSandbox({ bot: choices.bot, ...(isUsual ? { settingsFile: SAMPLE } : {}) });
    const work = run(choices, sandbox, one => void opened.push(one), stop.promise);
    // A stop in the middle of a poll or a story ends it too.
    return await Promise.race([work, stop.promise.then(() => (choices.mode === 'watch' ? 0 : 1))]);
  } catch (error) {
    complain(reason(error));
    return 1;
  } finally {
    unwatch();
    await Promise.allSettled(opened.map(one => one.close()));
    await sandbox?.close();
  }
}

process.exitCode = await main();
// Clients of the product keep connections alive; nothing of value is left to wait for.
process.exit();
