// The app as it is deployed, in a stand-in for the Functions worker: node app.mjs ENTRY WARM MEASURED.
// Polls WARM times, then MEASURED times, and tells what the latter cost. Everything is imported before the clock runs.
import { createRegistration, installCore, invoke, registerInto } from '../../sandbox/host/core.ts';

const [entry = '', warm = '0', measured = '1'] = process.argv.slice(2);
const registration = createRegistration();
installCore();
registerInto(registration);
await import(entry);

const timer = { json: JSON.stringify({ IsPastDue: false }) };
const poll = () => invoke(registration, 'pollReferrals', timer, () => {});

const rssBefore = process.memoryUsage.rss();
for (let i = 0; i < Number(warm); i += 1) await poll();
const wallMs: number[] = [];
const cpuMs: number[] = [];
for (let i = 0; i < Number(measured); i += 1) {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await poll();
  wallMs.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpu);
  cpuMs.push((user + system) / 1000);
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    wallMs,
    cpuMs,
    grownMb: (maxRSS * 1024 - rssBefore) / 1e6,
    peakMb: (maxRSS * 1024) / 1e6,
    wholeCpuMs: (userCPUTime + systemCPUTime) / 1000,
  }),
);
process.exit();
