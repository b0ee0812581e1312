import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { type Bindings, reset, serve, type Tls } from '../serve.ts';

export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  readonly contentType: string | undefined;
  enabled: boolean;
  /** Seconds since 1970, as the service counts. */
  readonly created: number;
  updated: number;
  exp: number | undefined;
}

export interface KeyVaultFaults {
  /** 503 to everything. */
  down: boolean;
  /** The connection is cut. */
  reset: boolean;
  /** 429 with `Retry-After` of this many seconds, for the next `times` requests. */
  throttled: number | false;
  /** 403: the caller has no role. On `write` reading still works. */
  forbidden: false | 'all' | 'write' | 'update';
  times: number;
}

export interface KeyVaultOptions {
  readonly tls: Tls;
  readonly port?: number;
  /** Knows the bearer tokens that may come in. */
  readonly isToken: (token: string) => boolean;
}

export interface KeyVault {
  readonly port: number;
  /** By name, oldest version first. */
  readonly secrets: Map<string, SecretVersion[]>;
  readonly faults: KeyVaultFaults;
  /** Every request with a token, as `METHOD /path`. */
  readonly requests: string[];
  put(name: string, value: string, contentType?: string): SecretVersion;
  newest(name: string): SecretVersion | undefined;
  /** Forgets secrets, requests and faults. */
  reset(): void;
  close(): Promise<void>;
}

const PAGE = 25;

/** The secrets of one Key Vault over its REST protocol: challenge, versions, 403, 429. Reads `Date.now()`. */
export async function createKeyVault(options: KeyVaultOptions): Promise<KeyVault> {
  const secrets = new Map<string, SecretVersion[]>();
  const requests: string[] = [];
  const faults = noFaults();
  const seconds = () => Math.floor(Date.now() / 1_000);

  function put(name: string, value: string, contentType?: string, exp?: number): SecretVersion {
    const id = randomBytes(16).toString('hex');
    const version = { id, value, contentType, enabled: true, created: seconds(), updated: seconds(), exp };
    secrets.set(name, [...(secrets.get(name) ?? []), version]);
    return version;
  }

  function bundle(context: Context, name: string, version: SecretVersion, withValue: boolean) {
    const { id, value, contentType, enabled, created, updated, exp } = version;
    return {
      ...(withValue ? { value } : {}),
      ...(contentType ? { contentType } : {}),
      id: `https://${context.req.header('host')}/secrets/${name}/${id}`,
      attributes: { enabled, created, updated, ...(exp ? { exp } : {}), recoveryLevel: 'Recoverable+Purgeable' },
    };
  }

  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    const troubled = faults.times > 0 && (faults.down || faults.reset || faults.throttled !== false);
    if (troubled) {
      faults.times -= 1;
      if (faults.reset) return reset(context);
      if (faults.down) return fail(context, 503, 'ServiceUnavailable');
      return fail(context, 429, 'Throttled', undefined, { 'retry-after': String(faults.throttled) });
    }
    const token = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (!token || !options.isToken(token)) {
      const challenge =
        'Bearer authorization="https://login.microsoftonline.com/common", resource="https://vault.azure.net"';
      return fail(context, 401, 'Unauthorized', undefined, { 'www-authenticate': challenge });
    }
    requests.push(`${context.req.method} ${context.req.path}`);
    const { forbidden } = faults;
    const { method } = context.req;
    const hit =
      forbidden === 'all' ||
      (forbidden === 'write' && method !== 'GET') ||
      (forbidden === 'update' && method === 'PATCH');
    if (hit) return fail(context, 403, 'Forbidden', 'ForbiddenByRbac');
    if (!context.req.query('api-version')) return fail(context, 400, 'BadParameter');
    return next();
  });

  app.get('/secrets/:name/versions', context => {
    const name = context.req.param('name');
    const skip = Number(context.req.query('$skiptoken') ?? 0);
    const all = (secrets.get(name) ?? []).toSorted((a, b) => a.id.localeCompare(b.id));
    const more = `https://${context.req.header('host')}/secrets/${name}/versions?api-version=7.5&$skiptoken=${skip + PAGE}`;
    return context.json({
      value: all.slice(skip, skip + PAGE).map(version => bundle(context, name, version, false)),
      nextLink: skip + PAGE < all.length ? more : null,
    });
  });

  const get = (context: Context, name: string, id?: string) => {
    const versions = secrets.get(name) ?? [];
    const version = id ? versions.find(candidate => candidate.id === id) : versions.at(-1);
    if (!version) return fail(context, 404, 'SecretNotFound');
    if (!version.enabled) return fail(context, 403, 'Forbidden', 'SecretDisabled');
    return context.json(bundle(context, name, version, true));
  };
  app.get('/secrets/:name/:version', context => get(context, context.req.param('name'), context.req.param('version')));
  // The SDK asks for the newest with an empty version at the end.
  app.get('/secrets/:name/', context => get(context, context.req.param('name')));
  app.get('/secrets/:name', context => get(context, context.req.param('name')));

  app.put('/secrets/:name', async context => {
    const { value, contentType, attributes } = await context.req.json();
    const version = put(context.req.param('name'), value, contentType, attributes?.exp);
    return context.json(bundle(context, context.req.param('name'), version, true));
  });

  app.patch('/secrets/:name/:version', async context => {
    const { name, version: id } = context.req.param();
    const version = secrets.get(name)?.find(candidate => candidate.id === id);
    if (!version) return fail(context, 404, 'SecretNotFound');
    const { attributes } = await context.req.json();
    if (attributes?.enabled !== undefined) version.enabled = attributes.enabled;
    if (attributes?.exp !== undefined) version.exp = attributes.exp;
    version.updated = seconds();
    return context.json(bundle(context, name, version, false));
  });

  const served = await serve(app, { tls: options.tls, ...(options.port === undefined ? {} : { port: options.port }) });
  return {
    port: served.port,
    secrets,
    faults,
    requests,
    put,
    newest: name => secrets.get(name)?.at(-1),
    reset() {
      secrets.clear();
      requests.length = 0;
      Object.assign(faults, noFaults());
    },
    close: served.close,
  };
}

function noFaults(): KeyVaultFaults {
  return { down: false, reset: false, throttled: false, forbidden: false, times: Number.POSITIVE_INFINITY };
}

function fail(context: Context, status: number, code: string, inner?: string, headers: Record<string, string> = {}) {
  const error = { code, message: `The request failed: ${code}.`, ...(inner ? { innererror: { code: inner } } : {}) };
  return context.json({ error }, status as 400, headers);
}
