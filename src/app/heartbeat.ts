import { ask, HttpError } from '../base/http.ts';

const TIMEOUT_MS = 10_000;
/** The status says it all. */
const MOST_READ = 10_000;

/** Fetches an outside watch's address; answers why it could not, without the address. */
export async function fetchHeartbeat(url: string): Promise<string | null> {
  try {
    const { status } = await ask({ url }, { timeoutMs: TIMEOUT_MS, maxBytes: MOST_READ, headIsEnough: true });
    if (status >= 300 && status < 400) return `it leads elsewhere, with ${status}: set the address that it leads to`;
    return status >= 200 && status < 300 ? null : `it answers with ${status}`;
  } catch (error) {
    const { kind, code } = error instanceof HttpError ? error : { kind: 'connection', code: null };
    if (kind === 'late') return 'no answer within 10 seconds';
    return `it cannot be reached${code ? `: ${code}` : ''}`;
  }
}
