import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { createCountingProxy } from './counting-proxy.ts';
import { uniqueTableName } from './table-names.ts';

const target = new URL(/TableEndpoint=([^;]+)/.exec(inject('tablesConnectionString'))?.[1] as string).origin;

function tableBehind(url: string): TableClient {
  return TableClient.fromConnectionString(tablesConnectionString(url), uniqueTableName('Proxied'), {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
}

test('counts what a table client asks, without disturbing it', async () => {
  const proxy = await createCountingProxy(target, { keepBodies: true });
  const table = tableBehind(proxy.url);
  await table.createTable();
  await table.createEntity({ partitionKey: 'open', rowKey: '1', customer: 'Fabrikam' });
  await table.submitTransaction([['upsert', { partitionKey: 'open', rowKey: '2' }]]);
  const rows = [];
  for await (const row of table.listEntities()) rows.push(row.rowKey);
  expect(rows).toEqual(['1', '2']);
  expect(proxy.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 201',
    'POST 204',
    'POST 202',
    'GET 200',
  ]);
  expect(proxy.requests[1]?.body).toContain('Fabrikam');
  expect(proxy.requests[3]?.bytesOut).toBeGreaterThan(100);
  await proxy.close();
});

test('answers itself or cuts the line, before or after the target has acted', async () => {
  let verdict: 'pass' | 'cut' | number = 503;
  let outcome: 'pass' | 'cut' = 'pass';
  const proxy = await createCountingProxy(target, { before: () => verdict, after: () => outcome });
  const table = tableBehind(proxy.url);
  await expect(table.createTable()).rejects.toMatchObject({ statusCode: 503 });
  verdict = 'cut';
  await expect(table.createTable()).rejects.toThrow();
  verdict = 'pass';
  await table.createTable();
  outcome = 'cut';
  await expect(table.createEntity({ partitionKey: 'open', rowKey: '1' })).rejects.toThrow();
  outcome = 'pass';
  expect(await table.getEntity('open', '1')).toMatchObject({ rowKey: '1' });
  await proxy.close();
});
