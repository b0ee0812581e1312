import type { SettingsReader } from './reader.ts';
import type { DetailAuth } from './settings.ts';

/** Who may read a referral over HTTP. Where that cannot be told for sure, nobody. */
export function detailAuth(read: SettingsReader): DetailAuth {
  const kind = read.optional('DETAIL_AUTH');
  const tenantId = read.optional('ENTRA_TENANT_ID');
  const audience = read.optional('ENTRA_AUDIENCE');
  const role = read.optional('ENTRA_ROLE');
  const authorityUrl = read.optional('ENTRA_AUTHORITY_URL');
  if (kind === 'key') return { kind };
  if (kind === null) return { kind: 'shut' };
  for (const name of ['ENTRA_TENANT_ID', 'ENTRA_AUDIENCE'] as const) {
    if (!read.given(name)) read.problem(name, 'is missing: DETAIL_AUTH entra needs it');
  }
  if (!tenantId || !audience || !role || !authorityUrl) return { kind: 'shut' };
  return { kind, tenantId, audience, role, authorityUrl };
}
