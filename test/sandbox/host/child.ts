// Hosts an app folder in a process of its own: node test/sandbox/host/child.ts FOLDER [--cron]
// Settings come from the environment; the address is the first line on stdout, the log goes to stderr.
import { createFunctionsHost } from './host.ts';

const [appFolder = '.', mode] = process.argv.slice(2);
const host = await createFunctionsHost({
  appFolder,
  env: {},
  cron: mode === '--cron',
  port: Number(process.env.PORT ?? 0),
  ...(process.env.HOST_FUNCTION_KEY && { functionKey: process.env.HOST_FUNCTION_KEY }),
  log: ({ level, message }) => process.stderr.write(`${level} ${message}\n`),
});
process.stdout.write(`${JSON.stringify({ url: host.url, functions: host.functions })}\n`);

async function stop(): Promise<void> {
  await host.close();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// A child whose parent is gone has nothing left to do.
process.on('disconnect', stop);
