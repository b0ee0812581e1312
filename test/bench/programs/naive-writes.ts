// What one would write first for a first poll: one upsert before and one after each alert.
// node naive-writes.mjs CONNECTION COUNT
import { TableClient } from '@azure/data-tables';

const [connection = '', count = '0'] = process.argv.slice(2);
const table = TableClient.fromConnectionString(connection, 'NaiveCheckpoints', { allowInsecureConnection: true });
await table.createTable();
const cpu = process.cpuUsage();
const startedAt = performance.now();
for (let n = 0; n < Number(count); n += 1) {
  for (const state of ['sending', 'delivered']) {
    await table.upsertEntity({ partitionKey: 'open', rowKey: `r${n}`, deliveries: `[["new","teams","${state}",1,0]]` });
  }
}
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({ wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000, requests: 2 * Number(count) }),
);
process.exit();
