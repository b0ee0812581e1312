// A process that stays: node rounds.mjs ENTRY CONTROL ROUNDS FIRST. Polls once with FIRST pending, then ROUNDS times with
// ten more each. With ROUNDS 0: one poll after a restart.
import { type Cost, costOf } from '../costs.ts';
import { loadApp } from '../load-app.ts';

const [entry = '', control = '', rounds = '0', first = '0'] = process.argv.slice(2);
const { poll } = await loadApp(entry);
const ask = async (wanted: object) => {
  const response = await fetch(control, { method: 'POST', body: JSON.stringify(wanted) });
  return (await response.json()) as { readonly lastPostAt: number };
};
const pending = (live: number) => ask({ live });

await pending(Number(first));
await poll();
const costs: Cost[] = [];
const toLastPostMs: number[] = [];
for (let round = 1; round <= Number(rounds); round += 1) {
  await pending(Number(first) + 10 * round);
  const startedAt = Date.now();
  costs.push(await costOf(poll));
  toLastPostMs.push((await ask({})).lastPostAt - startedAt);
}
process.stdout.write(
  JSON.stringify({
    toLastPostMs,
    cpuMs: costs.map(({ cpuMs }) => cpuMs),
    rssMb: process.memoryUsage.rss() / 1e6,
  }),
);
process.exit();
