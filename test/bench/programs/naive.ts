// What one would write first: whole pages, and one getEntity for each referral.
// node naive.mjs CONNECTION API WARM MEASURED [fat]: `fat` also loads the bot's SDKs at the start, unbundled.
import { TableClient } from '@azure/data-tables';
import { tellCosts } from '../costs.ts';

const [connection = '', api = '', warm = '0', measured = '1', fat] = process.argv.slice(2);
if (fat) {
  const names = ['@microsoft/teams-ai', 'botbuilder', '@azure/functions', '@azure/identity', '@azure/keyvault-secrets'];
  for (const name of [...names, '@azure/communication-email', 'nodemailer', 'zod']) await import(name);
}

const table = TableClient.fromConnectionString(connection, 'ReferralCheckpoints', { allowInsecureConnection: true });

async function poll(): Promise<number> {
  let found = 0;
  for (let url: string | undefined = `${api}/referrals`; url; ) {
    const page = (await (await fetch(url)).json()) as { value: { id: string }[]; '@odata.nextLink'?: string };
    for (const { id } of page.value) if (await table.getEntity('open', id)) found += 1;
    url = page['@odata.nextLink'];
  }
  return found;
}

await tellCosts(poll, Number(warm), Number(measured));
