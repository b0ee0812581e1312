import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { uniqueTableName } from '../support/table-names.ts';
import { createTables } from './tables.ts';

test('the shared table service keeps rows', async () => {
  const table = TableClient.fromConnectionString(inject('tablesConnectionString'), uniqueTableName('Rows'), {
    allowInsecureConnection: true,
  });
  await table.createTable();
  await table.createEntity({ partitionKey: 'open', rowKey: '1', customer: 'Fabrikam' });
  const row = await table.getEntity<{ customer: string }>('open', '1');
  expect(row.customer).toBe('Fabrikam');
});

test('a table service of its own starts on a free port and ends', async () => {
  const tables = await createTables();
  const table = TableClient.fromConnectionString(tables.connectionString, 'Own', { allowInsecureConnection: true });
  await table.createTable();
  await tables.close();
  await expect(fetch(tables.url)).rejects.toThrow();
});
