// A process that stays: node rounds.mjs ENTRY CONTROL ROUNDS FIRST. Polls once with FIRST pending, then ROUNDS times with
// ten more each. With ROUNDS 0: one poll after a restart.
import { type Cost, costOf } from '../costs.ts';
import { loadApp } from '../load-app.ts';

const [entry = '', control = '', rounds = '0', first = '0'] = process.argv.slice(2);
const { poll } = await loadApp(entry);
const pending = (live: number) =>
  fetch(control, { method: 'POST', body: JSON.stringify({ live }) }).then(r => r.text());

await pending(Number(first));
await poll();
const costs: Cost[] = [];
for (let round = 1; round <= Number(rounds); round += 1) {
  await pending(Number(first) + 10 * round);
  costs.push(await costOf(poll));
}
process.stdout.write(
  JSON.stringify({
    wallMs: costs.map(({ wallMs }) => wallMs),
    cpuMs: costs.map(({ cpuMs }) => cpuMs),
    rssMb: process.memoryUsage.rss() / 1e6,
  }),
);
process.exit();
