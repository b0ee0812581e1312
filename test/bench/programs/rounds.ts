// A process that stays: node rounds.mjs ENTRY CONTROL ROUNDS FIRST. Polls once with FIRST pending, then ROUNDS times with
// ten more each. With ROUNDS 0: one poll after a restart.
import { createRegistration, installCore, invoke, registerInto } from '../../sandbox/host/core.ts';

const [entry = '', control = '', rounds = '0', first = '0'] = process.argv.slice(2);
const registration = createRegistration();
installCore();
registerInto(registration);
await import(entry);
const poll = () => invoke(registration, 'pollReferrals', { json: JSON.stringify({ IsPastDue: false }) }, () => {});
const pending = (live: number) =>
  fetch(control, { method: 'POST', body: JSON.stringify({ live }) }).then(r => r.text());

await pending(Number(first));
await poll();
const wallMs: number[] = [];
const cpuMs: number[] = [];
for (let round = 1; round <= Number(rounds); round += 1) {
  await pending(Number(first) + 10 * round);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await poll();
  wallMs.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpu);
  cpuMs.push((user + system) / 1000);
}
process.stdout.write(JSON.stringify({ wallMs, cpuMs, rssMb: process.memoryUsage.rss() / 1e6 }));
process.exit();
