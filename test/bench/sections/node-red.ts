import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../context.ts';
import { interleaved, median, runProgram, startServer } from '../measure.ts';
import { nodeRedFlow } from '../node-red-flow.ts';
import { atLeast, exactly, type Section } from '../report.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/node-red', import.meta.url));
const SETS = 2;
const ROUNDS = 20;
const KNOWN = 990;
const TICK_MS = 10;

/** The same watch drawn in Node-RED: 990 known referrals, then rounds of ten new ones, then a restart. */
export async function nodeRed(bench: Bench): Promise<Section> {
  await install();
  const sets = await interleaved(SETS, { theirs: () => runNodeRed(bench), ours: () => runOurs(bench) });
  const [theirs, ours] = [figuresOf(sets.theirs), figuresOf(sets.ours)];
  const row = (name: string, unit: string, figure: number, floor: number) => ({
    name,
    figure,
    unit,
    floor,
    against: 'Node-RED',
  });
  return {
    title: 'Node-RED',
    rows: [
      row('10 new of 1,000, trigger to last post', 'ms', ours.wallMs, theirs.wallMs),
      row('10 new of 1,000, CPU', 'ms', ours.cpuMs, theirs.cpuMs),
      row('memory after the rounds', 'MB', ours.rssMb, theirs.rssMb),
      row('sent again after a restart', 'referrals', ours.again, theirs.again),
    ],
    targets: [
      atLeast('10 new, less wall', theirs.wallMs / ours.wallMs, 1.5, 'x'),
      atLeast('10 new, less CPU', theirs.cpuMs / ours.cpuMs, 2, 'x'),
      atLeast('less memory', theirs.rssMb / ours.rssMb, 1.5, 'x'),
      exactly('sent again after a restart', ours.again, 0),
    ],
    notes: [
      'Ours tells the ten as one digest (`DIGEST_ABOVE=5`), Node-RED posts ten cards. As ten single cards ours takes nine',
      'seconds, because it posts at most one card a second, as Teams asks. CPU of Node-RED is read in ticks of 10 ms.',
    ],
  };
}

/** One set of rounds. */
interface RoundSet {
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly rssMb: number;
  /** Posts after a restart with nothing new. */
  readonly again: number;
}

function figuresOf(sets: readonly RoundSet[]) {
  return {
    wallMs: median(sets.flatMap(({ wallMs }) => wallMs)),
    cpuMs: median(sets.flatMap(({ cpuMs }) => cpuMs)),
    rssMb: median(sets.map(({ rssMb }) => rssMb)),
    again: Math.max(...sets.map(({ again }) => again)),
  };
}

async function install(): Promise<void> {
  if (
    await access(`${CACHE}/node_modules/node-red/red.js`).then(
      () => true,
      () => false,
    )
  )
    return;
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${CACHE}/package.json`, '{"private":true}\n');
  await promisify(execFile)('npm', ['install', 'node-red@5', '--no-audit', '--no-fund'], { cwd: CACHE });
}

async function runOurs(bench: Bench): Promise<RoundSet> {
  const { built } = bench;
  const azurite = await startServer(built.program('azurite'));
  try {
    const { EMAIL_TO: _, ...settings } = bench.env('live');
    const env = { ...settings, TABLES_CONNECTION_STRING: azurite.url, DIGEST_ABOVE: '5' };
    const rounds = (count: number, first: number) =>
      runProgram(built.program('rounds'), [built.bundle, `${bench.standIn.url}/control`, `${count}`, `${first}`], env);
    const { told } = await rounds(ROUNDS, KNOWN);
    await bench.control({ reset: true });
    await rounds(0, KNOWN + 10 * ROUNDS);
    const again = (await bench.control({ reset: true })).webhook?.requests ?? 0;
    return { wallMs: told.toLastPostMs as number[], cpuMs: told.cpuMs as number[], rssMb: told.rssMb as number, again };
  } finally {
    await azurite.close();
  }
}

async function runNodeRed(bench: Bench): Promise<RoundSet> {
  const userDir = await mkdtemp(path.join(bench.folder, 'node-red-'));
  await writeFile(
    `${userDir}/settings.js`,
    'module.exports = { httpAdminRoot: false, uiHost: "127.0.0.1", logging: { console: { level: "off" } } };\n',
  );
  await writeFile(
    `${userDir}/flows.json`,
    JSON.stringify(nodeRedFlow(bench.api('live'), `${bench.standIn.url}/0/webhook`)),
  );
  await bench.control({ reset: true, live: KNOWN });
  let red = await startNodeRed(userDir);
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  try {
    await red.tick();
    await posts(bench, KNOWN);
    for (let round = 1; round <= ROUNDS; round += 1) {
      await bench.control({ live: KNOWN + 10 * round });
      const cpu = await cpuTicks(red.pid);
      const startedAt = Date.now();
      await red.tick();
      wallMs.push((await posts(bench, KNOWN + 10 * round)) - startedAt);
      await sleep(200);
      cpuMs.push(((await cpuTicks(red.pid)) - cpu) * TICK_MS);
    }
    const rssMb = await rssOf(red.pid);
    await red.close();
    await bench.control({ reset: true });
    red = await startNodeRed(userDir);
    await red.tick();
    await sleep(3_000);
    const again = (await bench.control({ reset: true })).webhook?.requests ?? 0;
    return { wallMs, cpuMs, rssMb, again };
  } finally {
    await red.close();
  }
}

async function startNodeRed(userDir: string) {
  const port = await freePort();
  const red = spawn(
    process.execPath,
    [
      `${CACHE}/node_modules/node-red/red.js`,
      '--userDir',
      userDir,
      '--settings',
      `${userDir}/settings.js`,
      '--port',
      `${port}`,
      `${userDir}/flows.json`,
    ],
    { stdio: 'ignore', env: { PATH: process.env.PATH, HOME: userDir } },
  );
  const tick = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/tick`);
    if (!response.ok) throw new Error(`Node-RED answered ${response.status}`);
  };
  for (let tries = 0; ; tries += 1) {
    const alive = await fetch(`http://127.0.0.1:${port}/alive`).then(
      () => true,
      () => false,
    );
    if (alive) break;
    if (tries > 100) throw new Error('Node-RED does not listen');
    await sleep(200);
  }
  await sleep(1_000);
  return {
    pid: red.pid as number,
    tick,
    async close() {
      if (red.exitCode !== null || red.signalCode !== null) return;
      const gone = once(red, 'exit');
      red.kill('SIGKILL');
      await gone;
    },
  };
}

/** Waits until so many posts have come; answers when the last one did. */
async function posts(bench: Bench, wanted: number): Promise<number> {
  for (let tries = 0; tries < 1_500; tries += 1) {
    const { webhook, lastPostAt } = await bench.control({});
    if ((webhook?.requests ?? 0) >= wanted) return lastPostAt;
    await sleep(20);
  }
  throw new Error(`Node-RED did not post ${wanted} messages`);
}

/** User and system time of a process, in clock ticks. Linux only. */
async function cpuTicks(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

async function rssOf(pid: number): Promise<number> {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
