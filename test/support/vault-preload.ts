import dns, { type LookupOptions } from 'node:dns';

/** Loaded first into a process (`--import`): there, every Key Vault is on this machine. */
const lookup = dns.lookup;
dns.lookup = ((host: string, options: LookupOptions, done: (...args: unknown[]) => void) => {
  if (!host.endsWith('.vault.azure.net')) return lookup(host, options, done as never);
  return options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
}) as typeof dns.lookup;
