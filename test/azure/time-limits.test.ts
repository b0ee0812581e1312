import dns, { type LookupOptions } from 'node:dns';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import tls from 'node:tls';
import type { TokenCredential } from '@azure/identity';
import { afterEach, describe, expect, test } from 'vitest';
import { createAzureIdentity } from '../../src/azure/identity.ts';
import { readPages, readRow } from '../../src/azure/table-reads.ts';
import { openTable } from '../../src/azure/tables.ts';
import { openVaultSecret } from '../../src/azure/vault-secret.ts';
import { createAcsClient } from '../../src/channels/acs-client.ts';
import { drip, rawServer } from '../base/raw-server.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { createCertificate } from '../support/certificate.ts';
import { takeIdentity } from '../support/platform-identity.ts';

const LIMIT_MS = 300;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const hangs: Readonly<Record<string, (socket: Socket) => void>> = {
  'never answers': () => {},
  'drips its head': socket => {
    socket.write('HTTP/1.1 200 OK\r\n');
    drip(socket, 'x-a: b\r\n');
  },
  'drips its body': socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999\r\n\r\n');
    drip(socket, ' ');
  },
  'answers 101': socket =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
};

async function serve(answer: (socket: Socket) => void) {
  const server = await rawServer(answer);
  closers.push(server.close);
  return server;
}

/** Runs it and fails when it has not ended long after its limit; answers what it ended with. */
async function ended(work: Promise<unknown>): Promise<unknown> {
  const stuck = new Promise(resolve => setTimeout(resolve, 15_000, 'stuck').unref());
  return Promise.race([
    work.then(
      () => 'well',
      error => error,
    ),
    stuck,
  ]);
}

const TOKEN: TokenCredential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const NO_TOKEN: TokenCredential = { getToken: () => new Promise(() => {}) };

describe.each(Object.entries(hangs))('what %s', (_, answer) => {
  test('ends a call of the tables', async () => {
    const { url } = await serve(answer);
    const table = openTable({ connectionString: tablesConnectionString(url) }, 'Any', LIMIT_MS);
    const row = { partitionKey: 'p', rowKey: 'r' };
    const pages = async () => {
      for await (const _ of readPages(table, { filter: '', select: ['RowKey'] }));
    };
    const listed = async () => {
      for await (const _ of table.listEntities());
    };
    const calls = [
      pages(),
      listed(),
      readRow(table, 'p', 'r'),
      table.createEntity(row),
      table.updateEntity({ ...row, etag: 'x' } as never),
      table.deleteEntity('p', 'r'),
      table.createTable(),
      table.submitTransaction([['create', row]]),
    ];
    for (const outcome of await Promise.all(calls.map(ended))) expect(outcome).toMatchObject({ code: 'ETIMEDOUT' });
  });

  test('ends a call of the identity', async () => {
    const { url } = await serve(answer);
    await takeIdentity({ IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: 'h' });
    const identity = createAzureIdentity({ clientId: null, managed: true, timeoutMs: LIMIT_MS });
    const outcome = await ended(identity.getToken('https://storage.azure.com/.default'));
    expect(outcome).toMatchObject({ name: 'AuthenticationError', message: 'no token in time' });
  });

  test('ends a call of the mail service', async () => {
    const { url } = await serve(answer);
    const client = createAcsClient(url, TOKEN, LIMIT_MS);
    const mail = { senderAddress: 'a@example.com', content: { subject: 's', plainText: 'p' }, recipients: { to: [] } };
    const id = '7a1c0f7e-6e7d-4b6e-8f53-0d6a5f6b1c2d';
    for (const call of [client.send(mail, id), client.ask(id)]) {
      await expect(
        Promise.race([call, new Promise(resolve => setTimeout(resolve, 15_000, 'stuck').unref())]),
      ).resolves.toMatchObject({ postStatus: null, error: 'NotInTimeError' });
    }
  });

  test('ends a call of the vault', async () => {
    const { port } = await vaultServer(answer);
    const secret = openVaultSecret(`https://${HOST}:${port}/secrets/token`, TOKEN, LIMIT_MS);
    for (const call of [secret.get(), secret.add('x', Date.now()), secret.disable('v')]) {
      expect(await ended(call)).toMatchObject({
        name: 'VaultError',
        kind: 'unavailable',
        message: 'no answer in time',
      });
    }
  });
});

describe('an identity that never answers', () => {
  test('ends calls of tables and vault', async () => {
    const { url } = await serve(socket => socket.end('HTTP/1.1 500 X\r\ncontent-length: 0\r\n\r\n'));
    const table = openTable({ url, credential: NO_TOKEN as never }, 'Any', LIMIT_MS);
    expect(await ended(readRow(table, 'p', 'r'))).toBeInstanceOf(Error);
    const { port } = await vaultServer(socket =>
      socket.write(
        `HTTP/1.1 401 X\r\nwww-authenticate: Bearer authorization="https://login.example/t", resource="https://vault.azure.net"\r\ncontent-length: 0\r\n\r\n`,
      ),
    );
    const secret = openVaultSecret(`https://${HOST}:${port}/secrets/token`, NO_TOKEN, LIMIT_MS);
    expect(await ended(secret.get())).toMatchObject({ name: 'VaultError', kind: 'no-identity' });
  });
});

const HOST = 'hung.vault.azure.net';

/** A server with a vault's name that this process trusts and finds on this machine. */
async function vaultServer(answer: (socket: Socket) => void): Promise<{ port: number }> {
  const certificate = await createCertificate(HOST, [HOST]);
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, certificate.cert]);
  const { lookup } = dns;
  dns.lookup = ((host: string, options: LookupOptions, done: (...args: unknown[]) => void) => {
    if (host !== HOST) return lookup(host, options, done as never);
    return options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  }) as typeof dns.lookup;
  const sockets = new Set<Socket>();
  const server: Server = createServer({ key: certificate.key, cert: certificate.cert });
  server.on('secureConnection', socket => {
    sockets.add(socket);
    socket.removeAllListeners('data');
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', () => answer(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
    dns.lookup = lookup;
    tls.setDefaultCACertificates(trusted);
  });
  return { port: (server.address() as AddressInfo).port };
}
