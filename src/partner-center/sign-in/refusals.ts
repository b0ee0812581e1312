import type { SignInTrouble } from '../../model/sign-in-trouble.ts';

/** What Entra's refusals of a refresh token mean, by their numbers. */

const SIGN_IN_AGAIN = 'Run `npm run sign-in` with the Referrals admin account and multi-factor authentication.';
const ASK_ADMIN = 'Signing in again does not help: let an administrator of the tenant look at the account in Entra.';
const ACCESS =
  'Signing in again does not help: let an administrator of the tenant see in the sign-in log of Entra which policy refuses, and except this account or the address of this app.';
const PRINCIPAL =
  'Signing in again does not help: let an administrator of the tenant grant consent to the permissions of the app registration, which adds Partner Center to the tenant, and check PARTNER_SCOPE.';
const FEDERATION =
  'Add a federated credential to the app registration whose subject is the object id of the managed identity.';

type Known = readonly [kind: SignInTrouble['kind'], reason: string, nextStep: string];

const KNOWN: Readonly<Record<string, Known>> = {
  AADSTS50076: ['sign-in', 'Multi-factor authentication is required', SIGN_IN_AGAIN],
  AADSTS50079: ['sign-in', 'The account must register for multi-factor authentication', SIGN_IN_AGAIN],
  AADSTS50173: ['sign-in', 'The sign-in was revoked', SIGN_IN_AGAIN],
  AADSTS65001: ['sign-in', 'Nobody has consented for this app', SIGN_IN_AGAIN],
  AADSTS70043: ['sign-in', 'The sign-in ended by the sign-in frequency of Conditional Access', SIGN_IN_AGAIN],
  AADSTS700082: ['sign-in', 'The refresh token expired because it was not used for too long', SIGN_IN_AGAIN],
  AADSTS53003: ['sign-in', 'Conditional Access refuses the sign-in', ACCESS],
  AADSTS50057: ['sign-in', 'The account is disabled', ASK_ADMIN],
  AADSTS50053: ['sign-in', 'The account is locked', ASK_ADMIN],
  AADSTS50034: ['sign-in', 'The account is no longer in the tenant', ASK_ADMIN],
  AADSTS700007: [
    'credential',
    'The stored sign-in belongs to another app registration',
    'Check PARTNER_CLIENT_ID. If it was changed on purpose, run `npm run sign-in` with it once.',
  ],
  AADSTS500011: ['credential', 'The tenant does not know Partner Center', PRINCIPAL],
  AADSTS500014: ['credential', 'Partner Center is disabled in the tenant', PRINCIPAL],
  AADSTS650052: ['credential', 'The tenant has no subscription to Partner Center', PRINCIPAL],
  AADSTS70011: [
    'credential',
    'The scope is not valid',
    'Set PARTNER_SCOPE to https://api.partner.microsoft.com/user_impersonation offline_access.',
  ],
  AADSTS700024: [
    'credential',
    'The proof of the app registration is out of time',
    'Compare the clock of this machine with a time service, and see whether the certificate has ended.',
  ],
  AADSTS7000112: [
    'credential',
    'The app registration is disabled',
    'Let an administrator of the tenant enable its enterprise application in Entra.',
  ],
  AADSTS7000215: [
    'credential',
    'The client secret is wrong',
    "Put the secret's value, not its id, into PARTNER_CLIENT_SECRET.",
  ],
  AADSTS7000222: [
    'credential',
    'The client secret has expired',
    'Create a new client secret for the app registration and put it into PARTNER_CLIENT_SECRET.',
  ],
  AADSTS700016: [
    'credential',
    'The tenant does not know this app registration',
    'Check PARTNER_CLIENT_ID and PARTNER_TENANT_ID.',
  ],
  AADSTS700027: [
    'credential',
    'The app registration does not know our certificate',
    'Upload the certificate that PARTNER_CLIENT_CERTIFICATE_URL names to the app registration.',
  ],
  AADSTS700213: ['credential', 'No federated credential fits the managed identity', FEDERATION],
  AADSTS70021: ['credential', 'No federated credential fits the managed identity', FEDERATION],
  AADSTS90002: ['credential', 'There is no such tenant', 'Check PARTNER_TENANT_ID.'],
};

const CREDENTIAL = ['invalid_client', 'unauthorized_client'];

/** What a refusal is told as. Of the description only its number goes on. */
export function troubleOf(error: string, description: string): SignInTrouble {
  const number = numberIn(description);
  const code = number ?? (/^[a-z_]{1,40}$/.test(error) ? error : 'unknown error');
  const known = number ? KNOWN[number] : undefined;
  if (known) return { kind: known[0], reason: `${known[1]} (${code})`, nextStep: known[2] };
  if (CREDENTIAL.includes(error))
    return {
      kind: 'credential',
      reason: `The app registration could not prove itself (${code})`,
      nextStep:
        'Check PARTNER_CLIENT_ID and PARTNER_CLIENT_SECRET, or the certificate or federated credential in its stead.',
    };
  return { kind: 'sign-in', reason: `The stored sign-in is refused (${code})`, nextStep: SIGN_IN_AGAIN };
}

/** Whether a refusal, whatever its status, only asks us to come more slowly: a loop was suspected, a budget is spent. */
export function isThrottling(description: string): boolean {
  return ['AADSTS50196', 'AADSTS90055', 'AADSTS90024'].includes(numberIn(description) ?? '');
}

export function numberIn(description: string): string | null {
  return /AADSTS\d{4,9}/.exec(description)?.[0] ?? null;
}
