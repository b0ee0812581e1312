import { inTime, NotInTimeError } from '../base/in-time.ts';

/** What one check found. */
export interface CheckResult {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** Never empty unless skipped. Holds no token, secret, webhook address or customer. */
  readonly found: string;
  /** What to do, a sentence; empty when there is nothing to do. */
  readonly cure: string;
}

export type Finding = Omit<CheckResult, 'name'>;

export const ok = (found: string): Finding => ({ state: 'ok', found, cure: '' });
export const warning = (found: string, cure: string): Finding => ({ state: 'warning', found, cure });
export const failed = (found: string, cure: string): Finding => ({ state: 'failed', found, cure });
export const skipped: Finding = { state: 'skipped', found: '', cure: '' };

const PATIENCE_MS = 60_000;

/** Runs checks one after the other and remembers how they went; one that needs a failed one is skipped. */
export function createExamination() {
  const results = new Map<string, CheckResult>();

  async function check(name: string, needs: readonly string[], look: () => Promise<Finding> | Finding): Promise<void> {
    const blocked = needs.some(need => ['failed', 'skipped'].includes(results.get(need)?.state ?? 'failed'));
    results.set(name, { name, ...(blocked ? skipped : await looked(look)) });
  }

  return { check, results: () => [...results.values()] };
}

async function looked(look: () => Promise<Finding> | Finding): Promise<Finding> {
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
