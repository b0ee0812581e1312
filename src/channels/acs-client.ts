import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { EmailClient, EmailMessage } from '@azure/communication-email';
import type { TokenCredential } from '@azure/identity';
import { inTime } from '../base/in-time.ts';
import { trimEnd } from '../base/trim.ts';
import { watchingAgent } from '../base/watching-agent.ts';

export type AcsMail = EmailMessage;

/** What one call told. */
export interface AcsReply {
  /** The answer to the send itself; null when none came, or nothing was sent. */
  readonly postStatus: number | null;
  /** Whether the send had gone out whole. */
  readonly sent: boolean;
  /** The operation's state in the service's own word; null when none was told. */
  readonly status: string | null;
  /** Short code of why it failed. */
  readonly code: string | null;
  readonly headers: { get(name: string): string | null };
  /** Name of the error of a call that got no answer. */
  readonly error: string | null;
}

const API_VERSION = '2025-09-01';

type Seen = { -readonly [K in keyof AcsReply]: AcsReply[K] };

/** Whose request is going through the client's pipeline. */
const current = new AsyncLocalStorage<Seen>();

/** The SDK's client with everything off that would wait, repeat or follow by itself. Loaded on first use. */
export function createAcsClient(endpoint: string, credential: TokenCredential, timeoutMs: number) {
  const plain = endpoint.startsWith('http:');
  const agent = plain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  const base = trimEnd(endpoint.replace(/^http:/, 'https:'), '/');
  let loading: Promise<EmailClient> | undefined;
  const load = async () => {
    const { EmailClient: Client } = await import('@azure/communication-email');
    return new Client(base, credential, {
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: [
        ...(plain ? [{ policy: plainHttp, position: 'perRetry' as const }] : []),
        { policy: watched(agent), position: 'perRetry' },
      ],
    });
  };

  async function call(
    message: EmailMessage,
    options: { operationId: string } | { resumeFrom: string },
  ): Promise<AcsReply> {
    const seen: Seen = { ...NOTHING };
    try {
      loading ??= load();
      const client = await loading;
      const begin = (abortSignal: AbortSignal) =>
        client.beginSend(message, {
          ...options,
          abortSignal,
          onResponse: raw => {
            if (raw.request.method === 'POST') seen.postStatus = raw.status;
            seen.headers = { get: name => raw.headers.get(name) ?? null };
            const body = raw.parsedBody as { status?: unknown; error?: { code?: unknown } } | undefined;
            seen.code = codeOf(body?.error?.code);
            if (raw.status < 300) seen.status = typeof body?.status === 'string' ? body.status : 'Running';
          },
        });
      await current.run(seen, () => inTime(timeoutMs, begin));
    } catch (error) {
      const { name, code, statusCode } = error as { name?: unknown; code?: unknown; statusCode?: unknown };
      // A failed operation throws too, but its state has been read by then.
      if (seen.postStatus !== null) seen.code ??= codeOf(code);
      if (statusCode === undefined && typeof name === 'string') seen.error = name;
    }
    return seen;
  }

  return {
    /** Sends, and asks once. */
    send: (mail: AcsMail, operationId: string) => call(mail, { operationId }),
    /** Asks for an operation; nothing is sent. */
    ask: (operationId: string) =>
      call(UNSENT, {
        resumeFrom: JSON.stringify({
          state: {
            status: 'running',
            config: {
              metadata: { mode: 'OperationLocation' },
              operationLocation: `${base}/emails/operations/${operationId}?api-version=${API_VERSION}`,
            },
          },
        }),
      }),
  };
}

function codeOf(code: unknown): string | null {
  return typeof code === 'string' && /^[A-Za-z]{3,60}$/.test(code) ? code : null;
}

const NOTHING: AcsReply = {
  postStatus: null,
  sent: false,
  status: null,
  code: null,
  headers: { get: () => null },
  error: null,
};

// The SDK wants a message even to resume; it is not looked at.
const UNSENT: EmailMessage = { senderAddress: '', content: { subject: '', plainText: '' }, recipients: { to: [] } };

type Policy = NonNullable<
  NonNullable<ConstructorParameters<typeof EmailClient>[2]>['additionalPolicies']
>[number]['policy'];

// Settings allow http on loopback, the SDK sends no token over it: it is told https, and the last step before the
// socket speaks http.
const plainHttp: Policy = {
  name: 'plainHttpOnLoopback',
  async sendRequest(request, next) {
    request.url = request.url.replace(/^https:/, 'http:');
    request.allowInsecureConnection = true;
    const response = await next(request);
    const location = response.headers.get('operation-location');
    if (location) response.headers.set('operation-location', location.replace(/^http:/, 'https:'));
    return response;
  },
};

/** Notes when a send has gone out whole: whatever fails from then on may have arrived. */
function watched(agent: HttpAgent): Policy {
  return {
    name: 'watchedSend',
    async sendRequest(request, next) {
      const seen = current.getStore();
      const noteSent = () => {
        if (seen && request.method === 'POST') seen.sent = true;
      };
      request.agent = watchingAgent(agent, each => each.once('finish', noteSent));
      return await next(request);
    },
  };
}
