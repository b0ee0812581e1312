import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { createListeners } from '../listeners.ts';
import { type Bindings, serve } from '../serve.ts';
import { failAsAsked, noSinkFaults, type SinkFaults } from '../sink-faults.ts';

interface PagerEvent {
  readonly at: number;
  readonly action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedupKey: string;
  /** The event as it came, without the routing key. */
  readonly event: Readonly<Record<string, unknown>>;
}

interface Incident {
  readonly dedupKey: string;
  readonly events: PagerEvent[];
  resolved: boolean;
}

export interface PagerSink {
  readonly url: string;
  readonly port: number;
  /** What `ONCALL_PAGER_URL` should be. */
  readonly enqueueUrl: string;
  /** What `ONCALL_PAGER_KEY` should be. */
  readonly routingKey: string;
  readonly state: {
    readonly incidents: Map<string, Incident>;
    readonly events: PagerEvent[];
    readonly refused: { at: number; status: number | null }[];
  };
  readonly faults: SinkFaults;
  setFaults(changes: Partial<SinkFaults>): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const SEVERITIES = ['critical', 'error', 'warning', 'info'];

/** Stand-in for PagerDuty's Events API v2: one incident per `dedup_key`, reopened when triggered after its end. */
export async function createPagerSink(options: { port?: number; routingKey?: string } = {}): Promise<PagerSink> {
  const routingKey = options.routingKey ?? randomUUID().replaceAll('-', '');
  const listeners = createListeners();
  const faults = noSinkFaults();
  const incidents = new Map<string, Incident>();
  const events: PagerEvent[] = [];
  const refused: { at: number; status: number | null }[] = [];

  function refuse(status: number | null): void {
    refused.push({ at: Date.now(), status });
    listeners.changed();
  }

  async function enqueue(context: Context<Bindings>): Promise<Response> {
    const body = await context.req.json().catch(() => null);
    const failure = await failAsAsked(context, faults, refuse);
    if (failure) return failure;
    const errors = findErrors(body, routingKey);
    if (errors.length > 0) {
      refuse(400);
      return context.json({ status: 'invalid event', message: 'Event object is invalid', errors }, 400);
    }
    const { routing_key: _key, ...event } = body;
    const dedupKey = event.dedup_key ?? randomUUID();
    const entry: PagerEvent = { at: Date.now(), action: event.event_action, dedupKey, event };
    events.push(entry);
    const incident: Incident = incidents.get(dedupKey) ?? { dedupKey, events: [], resolved: false };
    incident.events.push(entry);
    incident.resolved = event.event_action === 'resolve';
    incidents.set(dedupKey, incident);
    listeners.changed();
    return context.json({ status: 'success', message: 'Event processed', dedup_key: dedupKey }, 202);
  }

  const app = new Hono<Bindings>();
  app.post('/v2/enqueue', enqueue);
  const served = await serve(app, options.port === undefined ? {} : { port: options.port });
  return {
    url: served.url,
    port: served.port,
    enqueueUrl: `${served.url}/v2/enqueue`,
    routingKey,
    state: { incidents, events, refused },
    faults,
    setFaults(changes) {
      Object.assign(faults, changes);
      listeners.changed();
    },
    onChange: listeners.onChange,
    close: served.close,
  };
}

function findErrors(body: unknown, routingKey: string): string[] {
  if (body === null || typeof body !== 'object') return ['The body is not a JSON object.'];
  const { routing_key, event_action, dedup_key, payload } = body as Record<string, unknown>;
  const errors: string[] = [];
  if (routing_key !== routingKey) errors.push("'routing_key' is invalid");
  if (!['trigger', 'acknowledge', 'resolve'].includes(String(event_action))) errors.push("'event_action' is invalid");
  if (dedup_key !== undefined && (typeof dedup_key !== 'string' || dedup_key.length > 255)) {
    errors.push("'dedup_key' is invalid");
  }
  if (event_action !== 'trigger') return dedup_key === undefined ? [...errors, "'dedup_key' is missing"] : errors;
  const { summary, source, severity } = (payload ?? {}) as Record<string, unknown>;
  if (typeof summary !== 'string' || summary === '' || summary.length > 1_024)
    errors.push("'payload.summary' is invalid");
  if (typeof source !== 'string' || source === '') errors.push("'payload.source' is missing");
  if (!SEVERITIES.includes(String(severity))) errors.push("'payload.severity' is invalid");
  return errors;
}
