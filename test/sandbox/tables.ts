import Module, { createRequire } from 'node:module';

const ACCOUNT = 'devstoreaccount1';
// The emulator's account key is public, the same in every installation.
const ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

interface AzuriteTableServer {
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}

type TableConfigurationConstructor = new (...options: unknown[]) => object;
type TableServerConstructor = new (configuration: object) => AzuriteTableServer;

export interface Tables {
  /** Origin of the table service, without the account. */
  readonly url: string;
  readonly connectionString: string;
  close(): Promise<void>;
}

/** How a client reaches the emulated account behind `origin`, which may be a proxy in front of it. */
export function tablesConnectionString(origin: string): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${ACCOUNT_KEY}`,
    `TableEndpoint=${origin}/${ACCOUNT}`,
  ].join(';');
}

/** Azurite tells nobody of us; what it would tell it with is nearly half of the modules that it loads. */
function leaveOutTelemetry(require: NodeJS.Require): void {
  const place = require.resolve('azurite/dist/src/common/Telemetry.js');
  const silent = { AzuriteTelemetryClient: { TraceRequest() {} } };
  require.cache[place] ??= Object.assign(new Module(place), { exports: silent, loaded: true });
}

/** Starts Azurite's table service in this process, in memory, on a free port of loopback. */
export async function createTables(port = 0): Promise<Tables> {
  // Azurite ships CommonJS without types and has no public entry for the table service alone.
  const require = createRequire(import.meta.url);
  leaveOutTelemetry(require);
  const TableConfiguration: TableConfigurationConstructor =
    require('azurite/dist/src/table/TableConfiguration.js').default;
  const TableServer: TableServerConstructor = require('azurite/dist/src/table/TableServer.js').default;
  const keepAliveSeconds = 5;
  const quiet = [false, false, undefined, undefined];
  const [loose, skipApiVersionCheck] = [false, true];
  const [cert, key, password, oauth] = ['', '', '', undefined];
  const [disableProductStyleUrl, inMemory] = [true, true];
  const server = new TableServer(
    new TableConfiguration(
      '127.0.0.1',
      port,
      keepAliveSeconds,
      '__azurite_db_table__.json',
      ...quiet,
      loose,
      skipApiVersionCheck,
      cert,
      key,
      password,
      oauth,
      disableProductStyleUrl,
      inMemory,
    ),
  );
  await server.start();
  const url = server.getHttpServerAddress();
  return { url, connectionString: tablesConnectionString(url), close: () => server.close() };
}
