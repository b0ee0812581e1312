import { type Context, Hono } from 'hono';
import { type Bindings, hang, reset, serve, type Tls } from '../serve.ts';

/** One mail that was taken. */
interface AcsOperation {
  readonly id: string;
  status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  /** The message as it came. */
  readonly message: Readonly<Record<string, unknown>>;
}

interface AcsRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly operationId: string | undefined;
  readonly authorization: string | undefined;
}

/** What the next requests get instead of a true answer. */
interface AcsFault {
  readonly method: 'POST' | 'GET';
  /** A status, or what happens to the connection. */
  readonly answer: number | 'hang' | 'reset';
  readonly headers?: Readonly<Record<string, string>>;
  /** The service's own word for it. */
  readonly code?: string;
}

export interface Acs {
  /** What `ACS_ENDPOINT` should be. */
  readonly url: string;
  readonly requests: AcsRequest[];
  readonly operations: Map<string, AcsOperation>;
  /** Used up one by one, each by the first request of its method. */
  readonly faults: AcsFault[];
  /** Each question takes the next of these; at their end the state stays as it is. */
  readonly course: AcsOperation['status'][];
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Stand-in for the email part of Azure Communication Services: it takes mails and says later what became of them. */
export async function createAcs(options: { port?: number; token?: string; tls?: Tls } = {}): Promise<Acs> {
  const requests: AcsRequest[] = [];
  const operations = new Map<string, AcsOperation>();
  const faults: AcsFault[] = [];
  const course: AcsOperation['status'][] = [];

  function error(context: Context<Bindings>, status: number, code: string, headers: Record<string, string> = {}) {
    return context.json({ error: { code, message: `Answered ${status}.` } }, status as 400, headers);
  }

  async function gate(context: Context<Bindings>): Promise<Response | null> {
    const { method } = context.req;
    const { pathname, search } = new URL(context.req.url);
    const authorization = context.req.header('authorization');
    requests.push({ method, path: pathname + search, operationId: context.req.header('operation-id'), authorization });
    const index = faults.findIndex(fault => fault.method === method);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault?.answer === 'hang') return hang();
    if (fault?.answer === 'reset') return reset(context);
    if (fault) return error(context, fault.answer, fault.code ?? 'Fault', { ...fault.headers });
    const bearer = options.token === undefined ? /^Bearer \S+$/ : new RegExp(`^Bearer ${options.token}$`);
    if (!bearer.test(authorization ?? '')) return error(context, 401, 'Denied');
    return context.req.query('api-version') === undefined ? error(context, 400, 'MissingApiVersion') : null;
  }

  const app = new Hono<Bindings>();
  app.post('/emails:send', async context => {
    const refused = await gate(context);
    if (refused) return refused;
    const id = context.req.header('operation-id') ?? '';
    if (!UUID.test(id)) return error(context, 400, 'InvalidOperationId');
    const message = await context.req.json().catch(() => null);
    if (!isMail(message)) return error(context, 400, 'BadRequest');
    const operation: AcsOperation = operations.get(id) ?? { id, status: 'Running', message };
    operations.set(id, operation);
    const { origin } = new URL(context.req.url);
    return context.json({ id, status: operation.status, error: null }, 202, {
      'operation-location': `${origin}/emails/operations/${id}?api-version=${context.req.query('api-version')}`,
      'retry-after': '10',
    });
  });
  app.get('/emails/operations/:id', async context => {
    const refused = await gate(context);
    if (refused) return refused;
    const operation = operations.get(context.req.param('id'));
    if (!operation) return error(context, 404, 'NotFound');
    operation.status = course.shift() ?? operation.status;
    const failed = operation.status === 'Failed' ? { code: 'EmailDroppedAllRecipientsSuppressed' } : null;
    return context.json({ id: operation.id, status: operation.status, error: failed }, 200, { 'retry-after': '10' });
  });
  const { port, tls } = options;
  const served = await serve(app, { ...(port === undefined ? {} : { port }), ...(tls ? { tls } : {}) });
  return { url: served.url, requests, operations, faults, course, close: served.close };
}

function isMail(body: unknown): body is Record<string, unknown> {
  const { senderAddress, content, recipients } = (body ?? {}) as {
    senderAddress?: unknown;
    content?: { subject?: unknown; plainText?: unknown; html?: unknown };
    recipients?: { to?: { address?: unknown }[] };
  };
  const isAddress = (value: unknown) => typeof value === 'string' && /^[^@\s<>]+@[^@\s<>]+$/.test(value);
  return (
    isAddress(senderAddress) &&
    typeof content?.subject === 'string' &&
    (typeof content.plainText === 'string' || typeof content.html === 'string') &&
    Array.isArray(recipients?.to) &&
    recipients.to.length > 0 &&
    recipients.to.every(({ address }) => isAddress(address))
  );
}
