import type { EmailClient, EmailMessage } from '@azure/communication-email';
import type { TokenCredential } from '@azure/identity';

export type AcsMail = EmailMessage;

/** What one call told. Both null when nothing came back. */
export interface AcsReply {
  /** Set once ACS has taken the mail, whatever happened after. */
  readonly accepted: boolean;
  /** The operation's state in the service's own word; null when none was told. */
  readonly status: string | null;
  /** Short code of why it failed. */
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly headers: { get(name: string): string | null };
  /** Name of the error of a call that got no answer. */
  readonly error: string | null;
}

const API_VERSION = '2025-09-01';

/** The SDK's client with everything off that would wait, repeat or follow by itself. Loaded on first use. */
export function createAcsClient(endpoint: string, credential: TokenCredential, timeoutMs: number) {
  const loopback = endpoint.startsWith('http:');
  const base = endpoint.replace(/^http:/, 'https:').replace(/\/+$/, '');
  let loading: Promise<EmailClient> | undefined;
  const load = async () => {
    const { EmailClient: Client } = await import('@azure/communication-email');
    return new Client(base, credential, {
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: loopback ? [{ policy: plainHttp, position: 'perRetry' }] : [],
    });
  };

  async function call(
    message: EmailMessage,
    options: { operationId: string } | { resumeFrom: string },
  ): Promise<AcsReply> {
    const seen: { -readonly [K in keyof AcsReply]: AcsReply[K] } = { ...NOTHING };
    try {
      loading ??= load();
      const client = await loading;
      await client.beginSend(message, {
        ...options,
        abortSignal: AbortSignal.timeout(timeoutMs),
        onResponse: raw => {
          if (raw.request.method === 'POST' && raw.status === 202) seen.accepted = true;
          seen.httpStatus = raw.status;
          seen.headers = { get: name => raw.headers.get(name) ?? null };
          const body = raw.parsedBody as { status?: unknown; error?: { code?: unknown } } | undefined;
          if (raw.status >= 300) return;
          seen.status = typeof body?.status === 'string' ? body.status : 'Running';
          seen.code = typeof body?.error?.code === 'string' ? body.error.code : null;
        },
      });
    } catch (error) {
      const { name, statusCode } = error as { name?: unknown; statusCode?: unknown };
      // A failed operation throws too, but its state has been read by then.
      if (typeof statusCode === 'number') seen.httpStatus = statusCode;
      if (typeof name === 'string') seen.error = name;
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

const NOTHING: AcsReply = {
  accepted: false,
  status: null,
  code: null,
  httpStatus: null,
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
