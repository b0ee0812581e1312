import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { createListeners } from '../listeners.ts';
import { type Bindings, serve } from '../serve.ts';
import { cutAsAsked, failAsAsked, noSinkFaults, type SinkFaults } from '../sink-faults.ts';

type AdaptiveCard = Record<string, unknown>;

/** A post that the flow took over. */
interface TeamsPost {
  /** Milliseconds since 1970, by the clock of this process. */
  readonly at: number;
  readonly channel: string;
  readonly card: AdaptiveCard;
  readonly bytes: number;
}

/** An attempt that ended in nothing; `status` is null when it was never answered. */
interface RefusedPost {
  readonly at: number;
  readonly channel: string | null;
  readonly status: number | null;
  readonly reason: string;
}

export interface TeamsSinkOptions {
  port?: number;
  /** One webhook each; `sales`, `oncall` and `operator` unless given. */
  channels?: readonly string[];
  /** The query of a channel's webhook address, signature included; one of its own unless given. */
  queries?: Readonly<Record<string, string>>;
}

export interface TeamsSink {
  readonly url: string;
  readonly port: number;
  /** The whole webhook address of a channel, signature included. */
  webhookUrl(channel: string): string;
  readonly state: { readonly posts: TeamsPost[]; readonly refused: RefusedPost[] };
  /** Accepted posts of one channel, oldest first. */
  posts(channel: string): readonly TeamsPost[];
  /** Troubles of all channels. */
  readonly faults: SinkFaults;
  /** Troubles of one channel alone. */
  channelFaults(channel: string): SinkFaults;
  /** Sets troubles of all channels, or of one. */
  setFaults(changes: Partial<SinkFaults>, channel?: string): void;
  clear(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What Teams itself can show; Workflows lets bigger ones pass and fails later, unseen. */
const LARGEST = 28_672;
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Stand-in for Teams Workflows webhooks, one path per channel. A signature must match byte for byte. */
export async function createTeamsSink(options: TeamsSinkOptions = {}): Promise<TeamsSink> {
  const listeners = createListeners();
  const posts: TeamsPost[] = [];
  const refused: RefusedPost[] = [];
  const faults = noSinkFaults();
  const webhooks = new Map(
    (options.channels ?? ['sales', 'oncall', 'operator', 'nordics', 'benelux']).map(channel => [
      channel,
      // Base64url signatures hold the very signs that careless code escapes or cuts.
      {
        query:
          options.queries?.[channel] ??
          `?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${randomBytes(24).toString('base64url')}`,
        faults: noSinkFaults(),
      },
    ]),
  );

  function refuse(channel: string | null, status: number | null, reason: string): void {
    refused.push({ at: Date.now(), channel, status, reason });
    listeners.changed();
  }

  async function receive(context: Context<Bindings>): Promise<Response> {
    const channel = context.req.param('channel') as string;
    const webhook = webhooks.get(channel);
    const refusal = (status: 400 | 401 | 404 | 413, code: string, message: string): Response => {
      refuse(webhook ? channel : null, status, message);
      return context.json({ error: { code, message } }, status);
    };
    const body = await context.req.text();
    if (!webhook) return refusal(404, 'WorkflowNotFound', 'The workflow could not be found.');
    const query = context.env.incoming.url?.slice(context.env.incoming.url.indexOf('?'));
    if (query !== webhook.query) return refusal(401, 'DirectApiAuthorizationRequired', 'The signature does not match.');
    if (context.req.header('authorization') !== undefined) {
      return refusal(401, 'AuthorizationNotExpected', 'The signature alone must authorize the request.');
    }
    const note = (status: number | null) => refuse(channel, status, status === null ? 'no answer' : 'fault');
    const failure = (await failAsAsked(context, webhook.faults, note)) ?? (await failAsAsked(context, faults, note));
    if (failure) return failure;
    const bytes = Buffer.byteLength(body);
    if (bytes > LARGEST) return refusal(413, 'RequestEntityTooLarge', 'The card is too large.');
    const card = readCard(context.req.header('content-type'), body);
    if (typeof card === 'string') return refusal(400, 'TriggerInputSchemaMismatch', card);
    posts.push({ at: Date.now(), channel, card, bytes });
    listeners.changed();
    const cut = await cutAsAsked(context, webhook.faults, faults);
    if (cut) return cut;
    return context.body(null, 202);
  }

  const app = new Hono<Bindings>();
  app.post('/powerautomate/automations/direct/workflows/:channel/triggers/manual/paths/invoke', receive);
  const served = await serve(app, options.port === undefined ? {} : { port: options.port });

  function webhookOf(channel: string) {
    const webhook = webhooks.get(channel);
    if (!webhook) throw new Error(`The sink has no channel '${channel}'.`);
    return webhook;
  }

  return {
    url: served.url,
    port: served.port,
    webhookUrl: channel =>
      `${served.url}/powerautomate/automations/direct/workflows/${channel}/triggers/manual/paths/invoke${webhookOf(channel).query}`,
    state: { posts, refused },
    posts: channel => posts.filter(post => post.channel === channel),
    faults,
    channelFaults: channel => webhookOf(channel).faults,
    setFaults(changes, channel) {
      Object.assign(channel === undefined ? faults : webhookOf(channel).faults, changes);
      listeners.changed();
    },
    clear() {
      posts.length = 0;
      refused.length = 0;
      listeners.changed();
    },
    onChange: listeners.onChange,
    close: served.close,
  };
}

/** The card of a post in the one shape Workflows takes, or what is wrong with it. */
function readCard(contentType: string | undefined, body: string): AdaptiveCard | string {
  if (!contentType?.startsWith('application/json')) return 'The content type must be application/json.';
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return 'The body is not JSON.';
  }
  const { type, attachments } = (message ?? {}) as { type?: unknown; attachments?: unknown };
  if (type !== 'message') return "The body must have the type 'message'.";
  if (!Array.isArray(attachments) || attachments.length !== 1) return 'The body must have one attachment.';
  const { contentType: kind, contentUrl, content } = attachments[0] ?? {};
  if (kind !== CARD_TYPE) return `The attachment must have the content type ${CARD_TYPE}.`;
  if (contentUrl !== null && contentUrl !== undefined) return 'The content URL must be null.';
  if (content === null || typeof content !== 'object') return 'The attachment has no content.';
  if (content.type !== 'AdaptiveCard') return "The card must have the type 'AdaptiveCard'.";
  if (!/^1\.[0-5]$/.test(String(content.version))) return 'The card must have a version up to 1.5.';
  if (!Array.isArray(content.body)) return 'The card must have a body.';
  return content as AdaptiveCard;
}
