// The least that a no-change poll can do: the same slim pages and the same table pages, fetched and parsed side by
// side with what Node brings along: node floor.mjs API TABLES API_QUERY TABLE_QUERY TABLE_ACCEPT WARM MEASURED
const [api = '', tables = '', apiQuery = '', tableQuery = '', accept = '', warm = '0', measured = '1'] =
  process.argv.slice(2);

interface Page {
  readonly value: readonly { readonly id: string; readonly RowKey: string }[];
  readonly '@odata.nextLink'?: string;
}

async function readReferrals(): Promise<number> {
  const ids = new Set<string>();
  for (let url: string | undefined = `${api}/referrals?${apiQuery}`; url; ) {
    const page = (await (await fetch(url)).json()) as Page;
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
    });
    for (const row of ((await response.json()) as Page).value) rows.set(row.RowKey, row);
    next = response.headers.get('x-ms-continuation-NextRowKey');
  }
  return rows;
}

await fetch(api).then(response => response.text());
const rssBefore = process.memoryUsage.rss();
const cpuMs: number[] = [];
const wallMs: number[] = [];
for (let i = -Number(warm); i < Number(measured); i += 1) {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all([readReferrals(), readTable()]);
  const { user, system } = process.cpuUsage(cpu);
  if (i < 0) continue;
  wallMs.push(performance.now() - startedAt);
  cpuMs.push((user + system) / 1000);
}
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ cpuMs, wallMs, grownMb: (peak - rssBefore) / 1e6, peakMb: peak / 1e6 }));
process.exit();
