/** What one check found. */
export interface CheckResult {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** Never empty unless skipped. Holds no token, secret, webhook address or customer. */
  readonly found: string;
  /** What to do, a sentence; empty when there is nothing to do. */
  readonly cure: string;
}

export type Verdict = Omit<CheckResult, 'name'>;

export const ok = (found: string): Verdict => ({ state: 'ok', found, cure: '' });
export const warning = (found: string, cure: string): Verdict => ({ state: 'warning', found, cure });
export const failed = (found: string, cure: string): Verdict => ({ state: 'failed', found, cure });
/** Not looked at; without a reason because something failed that it needs. */
export const skipped = (found = ''): Verdict => ({ state: 'skipped', found, cure: '' });
