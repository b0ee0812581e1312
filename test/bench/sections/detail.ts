import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCertificate } from '../../support/certificate.ts';
import type { Bench } from '../context.ts';
import { interleaved, medianOf, type Run, runProgram, startServer } from '../measure.ts';
import { atLeast, atMost, type Row, type Section } from '../report.ts';
import { referralId } from '../stand-in/referral-pages.ts';

const ROUNDS = 5;
/** What the upstream takes when its own time is to be told apart, in milliseconds. */
const UPSTREAM_MS = 20;

/** GET by id over TLS, beside the bare upstream call and beside a new connection for each. */
export async function detailEndpoint(bench: Bench): Promise<Section> {
  const { built, folder } = bench;
  const [certFile, keyFile] = [path.join(folder, 'tls.crt'), path.join(folder, 'tls.key')];
  const { cert, key } = await createCertificate();
  await writeFile(certFile, cert);
  await writeFile(keyFile, key, { mode: 0o600 });
  const standIn = await startServer(built.program('server'), [certFile, keyFile]);
  const oneShot = await startServer(built.program('server'), [certFile, keyFile, 'one-shot']);
  const id = referralId(1);
  const { TABLES_CONNECTION_STRING: _, ...settings } = bench.env(100);
  const call = (way: string, callers: number, count: number, { url } = standIn, more: Record<string, string> = {}) =>
    runProgram(built.program('detail'), [way, `${callers}`, `${count}`], {
      ...settings,
      REFERRALS_API_URL: `${url}/100/api`,
      // With a managed identity, as it is deployed.
      TABLES_URL: `${url}/100/tables`,
      IDENTITY_ENDPOINT: `${url}/0/identity`,
      IDENTITY_HEADER: 'bench',
      NODE_EXTRA_CA_CERTS: certFile,
      ENTRY: built.bundle,
      URL: `${url}/100/api/referrals/${id}`,
      REFERRAL_ID: id,
      WARM: url === oneShot.url ? '300' : '2000',
      ...more,
    });
  const slowly = async (way: string) => {
    const control = `${standIn.url}/control`;
    const run = await call(way, 1, 100, standIn, { CONTROL: control, UPSTREAM_MS: `${UPSTREAM_MS}` });
    await runProgram(built.program('control'), [control, '{"delayMs":0}'], { NODE_EXTRA_CA_CERTS: certFile });
    return run;
  };

  try {
    const fast = await interleaved(ROUNDS, {
      app1: () => call('app', 1, 1_000),
      raw1: () => call('raw', 1, 1_000),
      oneShot: () => call('app', 1, 150, oneShot),
      rawOneShot: () => call('raw', 1, 150, oneShot),
      app50: () => call('app', 50, 2_000),
      raw50: () => call('raw', 50, 2_000),
    });
    const slow = await interleaved(ROUNDS, { app1: () => slowly('app'), raw1: () => slowly('raw') });

    const row = (name: string, field: string, unit: string, ours: Run[], floor: Run[], against?: string): Row => ({
      name,
      figure: medianOf(ours, field),
      unit,
      floor: medianOf(floor, field),
      ...(against && { against }),
    });
    const added = medianOf(fast.app1, 'p50Ms') - medianOf(fast.raw1, 'p50Ms');
    return {
      title: 'Detail endpoint',
      rows: [
        row('1 caller, requests', 'perSecond', 'a second', fast.app1, fast.raw1),
        row('1 caller, p50', 'p50Ms', 'ms', fast.app1, fast.raw1),
        row('1 caller, p99', 'p99Ms', 'ms', fast.app1, fast.raw1),
        row('1 caller, CPU', 'cpuUs', 'µs', fast.app1, fast.raw1),
        row('50 callers, requests', 'perSecond', 'a second', fast.app50, fast.raw50),
        row('50 callers, p50', 'p50Ms', 'ms', fast.app50, fast.raw50),
        row('50 callers, p99', 'p99Ms', 'ms', fast.app50, fast.raw50),
        row('a new connection each time, CPU', 'cpuUs', 'µs', fast.oneShot, fast.app1, 'kept connections'),
        row('the bare call on a new connection, CPU', 'cpuUs', 'µs', fast.rawOneShot, fast.raw1, 'kept connections'),
        row(`upstream of ${UPSTREAM_MS} ms, 1 caller, p50`, 'p50Ms', 'ms', slow.app1, slow.raw1),
      ],
      targets: [
        atLeast(
          'CPU, less than a new connection each time',
          medianOf(fast.oneShot, 'cpuUs') / medianOf(fast.app1, 'cpuUs'),
          5,
          'x',
        ),
        atMost("added to the upstream's own time, 1 caller", added, 0.5, ' ms'),
      ],
    };
  } finally {
    await standIn.close();
    await oneShot.close();
  }
}
