import { ask, HttpError } from '../base/http.ts';

const TIMEOUT_MS = 10_000;

/** Fetches an outside watch's address; answers why it could not, without the address. */
export async function fetchHeartbeat(url: string): Promise<string | null> {
  try {
    const { status } = await ask({ url }, { timeoutMs: TIMEOUT_MS, maxBytes: 1_000_000 });
    return status >= 200 && status < 400 ? null : `it answers with ${status}`;
  } catch (error) {
    const { kind, code } = error instanceof HttpError ? error : { kind: 'connection', code: null };
    if (kind === 'late') return 'no answer within 10 seconds';
    return `it cannot be reached${code ? `: ${code}` : ''}`;
  }
}
