// A cold start: node start.mjs ENTRY JOB [SDK...]. JOB is `import`, or the name of a function that is then run once.
// Tells the milliseconds since the process began. With MODULES set it tells which files were loaded instead.
import { registerHooks } from 'node:module';
import { createRegistration, installCore, invoke, registerInto } from '../../sandbox/host/core.ts';

const [entry = '', job = 'import', ...sdks] = process.argv.slice(2);
const files: string[] = [];
if (process.env.MODULES) {
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) files.push(url);
      return next(url, context);
    },
  });
}

const registration = createRegistration();
installCore();
registerInto(registration);
const before = performance.now();
await import(entry);
for (const sdk of sdks) await import(sdk);
const importedMs = performance.now();

if (job === 'pollReferrals') {
  await invoke(registration, job, { json: JSON.stringify({ IsPastDue: false }) }, () => {});
} else if (job !== 'import') {
  const request = {
    method: 'GET',
    url: 'http://127.0.0.1/',
    nullableHeaders: {},
    nullableQuery: {},
    nullableParams: { id: { value: process.env.REFERRAL_ID ?? '' } },
    body: null,
  };
  const answer = await invoke(registration, job, { http: request }, () => {});
  if (!['200', '503'].includes(String(answer?.http?.statusCode))) throw new Error(JSON.stringify(answer));
}
const doneMs = performance.now();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    importMs: importedMs - before,
    readyMs: importedMs,
    doneMs,
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMb: (maxRSS * 1024) / 1e6,
    files,
    builtins: (process as unknown as { moduleLoadList: string[] }).moduleLoadList,
  }),
);
process.exit();
