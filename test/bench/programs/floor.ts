// The least that a no-change poll can do: the same slim pages and the same table pages, fetched and parsed side by
// side by the same HTTP client: node floor.mjs API TABLES API_QUERY TABLE_QUERY TABLE_ACCEPT WARM MEASURED
import { Agent } from 'node:http';
import fetch, { type Response } from 'node-fetch';
import { tellCosts } from '../costs.ts';

const [api = '', tables = '', apiQuery = '', tableQuery = '', accept = '', warm = '0', measured = '1'] =
  process.argv.slice(2);

const agent = new Agent({ keepAlive: true });

interface Page {
  readonly value: readonly { readonly id: string; readonly RowKey: string }[];
  readonly '@odata.nextLink'?: string;
}

async function readReferrals(): Promise<number> {
  const ids = new Set<string>();
  for (let url: string | undefined = `${api}/referrals?${apiQuery}`; url; ) {
    const page = (await (await fetch(url, { agent })).json()) as Page;
    for (const { id } of page.value) ids.add(id);
    url = page['@odata.nextLink'];
  }
  return ids.size;
}

async function readTable(): Promise<Map<string, object>> {
  const rows = new Map<string, object>();
  for (let next: string | null = '0'; next !== null; ) {
    const response: Response = await fetch(`${tables}/ReferralCheckpoints()?${tableQuery}&NextRowKey=${next}`, {
      headers: { accept },
      agent,
    });
    for (const row of ((await response.json()) as Page).value) rows.set(row.RowKey, row);
    next = response.headers.get('x-ms-continuation-NextRowKey');
  }
  return rows;
}

await fetch(api, { agent }).then(response => response.text());
await tellCosts(() => Promise.all([readReferrals(), readTable()]), Number(warm), Number(measured));
