import { inTime, NotInTimeError } from '../base/in-time.ts';
import { type CheckResult, failed, skipped, type Verdict } from './verdict.ts';

const PATIENCE_MS = 60_000;

/** Runs checks one after the other and remembers how they went; one that needs a failed one is skipped. */
export function createExamination() {
  const results = new Map<string, CheckResult>();

  async function check(name: string, needs: readonly string[], look: () => Promise<Verdict> | Verdict): Promise<void> {
    const blocked = needs.some(need => ['failed', 'skipped'].includes(results.get(need)?.state ?? 'failed'));
    results.set(name, { name, ...(blocked ? skipped() : await looked(look)) });
  }

  return { check, results: () => [...results.values()] };
}

async function looked(look: () => Promise<Verdict> | Verdict): Promise<Verdict> {
  try {
    return await inTime(PATIENCE_MS, async () => look());
  } catch (error) {
    if (error instanceof NotInTimeError)
      return failed('no answer within a minute', 'Check the address in the settings, the network and firewalls.');
    const reason = error instanceof Error ? error.name : 'unknown';
    return failed(
      `the check itself failed (${reason})`,
      'Report this with the name of the check; it should not happen.',
    );
  }
}
