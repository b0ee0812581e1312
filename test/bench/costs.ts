/** Runs inside the measured programs: one instrument for ours, the floor and the naive one. */

export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** What one run takes: its time, and the CPU time of the whole process meanwhile, in milliseconds. */
export async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await run();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

/** Runs `warm` times, then `measured` times, prints what the latter cost and how far the process grew, and ends it. */
export async function tellCosts(run: () => Promise<unknown>, warm: number, measured: number): Promise<never> {
  const rssBefore = process.memoryUsage.rss();
  for (let i = 0; i < warm; i += 1) await run();
  const costs: Cost[] = [];
  for (let i = 0; i < measured; i += 1) costs.push(await costOf(run));
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stdout.write(
    JSON.stringify({
      wallMs: costs.map(({ wallMs }) => wallMs),
      cpuMs: costs.map(({ cpuMs }) => cpuMs),
      grownMb: (maxRSS * 1024 - rssBefore) / 1e6,
      peakMb: (maxRSS * 1024) / 1e6,
      wholeCpuMs: (userCPUTime + systemCPUTime) / 1000,
    }),
  );
  process.exit();
}
