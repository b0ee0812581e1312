// The table service emulator in a process of its own. The first line on stdout is its connection string.
import { createTables } from '../../sandbox/tables.ts';

const { connectionString } = await createTables();
process.stdout.write(`${connectionString}\n`);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
