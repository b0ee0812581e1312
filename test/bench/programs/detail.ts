// Asks for one referral again and again: node detail.mjs WAY CALLERS COUNT, with WAY `app`, `raw` (the same upstream call
// and nothing else). Environment: ENTRY, URL, REFERRAL_ID, and WARM, how often before anything is measured.
// With CONTROL the upstream takes UPSTREAM_MS once all is warm.
import { Agent, get } from 'node:https';
import { loadApp } from '../load-app.ts';

const [way = 'app', callers = '1', count = '100'] = process.argv.slice(2);
const { ENTRY = '', URL: address = '', REFERRAL_ID: id = '', CONTROL: control, UPSTREAM_MS, WARM } = process.env;

async function appCaller(): Promise<() => Promise<void>> {
  const app = await loadApp(ENTRY);
  const url = `http://127.0.0.1/api/referrals/${id}`;
  const http = {
    method: 'GET',
    url,
    nullableHeaders: {},
    nullableQuery: {},
    nullableParams: { id: { value: id } },
    body: null,
  };
  return async () => {
    const answer = await app.call('getReferral', { http });
    if (answer?.http?.statusCode !== '200') throw new Error(JSON.stringify(answer));
  };
}

function rawCaller(): () => Promise<void> {
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise((resolve, reject) => {
      const request = get(address, { agent }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          Buffer.concat(chunks);
          resolve();
        });
      });
      request.on('error', reject);
    });
}

const call = way === 'app' ? await appCaller() : rawCaller();
const times: number[] = [];

async function run(total: number): Promise<void> {
  let left = total;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await call();
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: Number(callers) }, caller));
}

await run(Number(WARM));
if (control) await fetch(control, { method: 'POST', body: JSON.stringify({ delayMs: Number(UPSTREAM_MS) }) });
times.length = 0;
const cpu = process.cpuUsage();
const startedAt = performance.now();
await run(Number(count));
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpu);
times.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({
    perSecond: (Number(count) / wallMs) * 1000,
    p50Ms: times[Math.floor(times.length * 0.5)],
    p99Ms: times[Math.floor(times.length * 0.99)],
    cpuUs: (user + system) / Number(count),
  }),
);
process.exit();
