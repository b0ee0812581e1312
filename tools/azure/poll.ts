import { az } from './az.ts';
import type { Deployment } from './environment.ts';

const EVERY_MS = 5 * 60 * 1_000;

/** Has the deployed app poll, from outside: what helps when its timer has died. With `again`, every five minutes until stopped. */
export async function pollFromOutside(
  deployment: Deployment,
  again: boolean,
  say: (text: string) => void,
): Promise<void> {
  const host = deployment.need('FUNCTION_APP_HOST');
  const subscription = deployment.get('AZURE_SUBSCRIPTION_ID');
  const where = [
    '--resource-group',
    deployment.need('AZURE_RESOURCE_GROUP'),
    '--name',
    deployment.need('FUNCTION_APP_NAME'),
    // Azure CLI may stand on another one than azd.
    ...(subscription === null ? [] : ['--subscription', subscription]),
  ];
  const key = await az('functionapp', 'keys', 'list', ...where, '--query', 'masterKey', '--output', 'tsv');
  const scheme = /^(127\.|localhost)/.test(host) ? 'http' : 'https';
  do {
    const answer = await fetch(`${scheme}://${host}/admin/functions/pollReferrals`, {
      method: 'POST',
      headers: { 'x-functions-key': key, 'content-type': 'application/json' },
      body: '{}',
    }).catch(() => null);
    if (answer?.status === 202) say(`${new Date().toISOString()} the poll was started`);
    else if (again) say(`${new Date().toISOString()} the app answered ${answer?.status ?? 'nothing'}`);
    else throw new Error(`The app answered ${answer?.status ?? 'nothing'}, not 202.`);
    if (again) await new Promise(resolve => setTimeout(resolve, EVERY_MS));
  } while (again);
}
