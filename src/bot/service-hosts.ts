import { isSecure } from '../base/loopback.ts';

/**
 * Whether the bot may be told to call this address: https (http on loopback alone), on a host of the list.
 * Hosts are compared whole; `*.x` stands for one or more labels before x.
 */
export function isServiceUrlAllowed(serviceUrl: unknown, hosts: readonly string[]): serviceUrl is string {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username || url.password) return false;
  if (!isSecure(url)) return false;
  return hosts.some(host => matches(url.hostname, host.toLowerCase()));
}

function matches(hostname: string, host: string): boolean {
  if (!host.startsWith('*.')) return hostname === host || hostname === `[${host}]`;
  const suffix = host.slice(1);
  return hostname.length > suffix.length && hostname.endsWith(suffix);
}
