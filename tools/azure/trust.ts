import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { az, azIn } from './az.ts';
import type { Deployment } from './environment.ts';

const FILE = 'credential.json';

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}

/** Lets the app's identity stand for the app registration: no secret exists that could leak or end. */
export async function trustIdentity(deployment: Deployment, say: (text: string) => void): Promise<void> {
  const tenant = deployment.need('PARTNER_TENANT_ID');
  const ours = deployment.get('AZURE_TENANT_ID');
  if (ours && ours.toLowerCase() !== tenant.toLowerCase()) {
    throw new Error(
      `The subscription is in another tenant (${ours}) than Partner Center: an identity cannot stand for an app there. Use a certificate (PARTNER_CERTIFICATE_NAME) or a client secret.`,
    );
  }
  const authority = deployment.get('PARTNER_AUTHORITY_URL') ?? 'https://login.microsoftonline.com';
  const credential = {
    name: 'referral-alerts',
    issuer: `${authority.replace(/\/+$/, '')}/${tenant}/v2.0`,
    subject: deployment.need('APP_IDENTITY_PRINCIPAL_ID'),
    audiences: ['api://AzureADTokenExchange'],
  };
  const app = ['--id', deployment.need('PARTNER_CLIENT_ID')];
  const kept = JSON.parse(await az('ad', 'app', 'federated-credential', 'list', ...app, '--output', 'json')) as Kept[];
  const same = kept.find(({ subject, issuer }) => subject === credential.subject && issuer === credential.issuer);
  if (same) return say('The app registration trusts the identity of the app already.');
  // A set-up that was removed and made again has another identity.
  const old = kept.find(({ name }) => name === credential.name);
  const change = old ? ['update', ...app, '--federated-credential-id', old.id] : ['create', ...app];
  const folder = await mkdtemp(path.join(tmpdir(), 'trust-'));
  try {
    // A file: no two shells agree on how to write JSON into a command. Its path may hold a blank, its name does not.
    await writeFile(path.join(folder, FILE), JSON.stringify(credential));
    await azIn(folder, 'ad', 'app', 'federated-credential', ...change, '--parameters', FILE);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say('The app registration trusts the identity of the app.');
}
