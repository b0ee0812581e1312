/** What can be wrong with the authority, all off at first. May be changed at any time. */
export interface AuthorityFaults {
  /** Every refresh token and code is refused as revoked (AADSTS50173). */
  invalidGrant: boolean;
  /** A second factor is demanded (AADSTS50076). */
  mfaRequired: boolean;
  /** The client secret has expired (AADSTS7000222). */
  secretExpired: boolean;
  /** The refresh token was not used for too long (AADSTS700082). */
  inactive: boolean;
  /** Nobody consented (AADSTS65001). */
  consentMissing: boolean;
  /** Tokens are issued without proof of a second factor. */
  noMfa: boolean;
  /** Who signs in belongs to this tenant instead. */
  foreignTenant: string | null;
  /** 503, or the status given. */
  down: boolean | number;
  /** Milliseconds before each answer; `true` is two seconds. */
  slow: boolean | number;
  /** Requests are taken and never answered. */
  hang: boolean;
  /** Only the documents and signing keys are away. */
  keysDown: boolean;
}

export function noFaults(): AuthorityFaults {
  return {
    invalidGrant: false,
    mfaRequired: false,
    secretExpired: false,
    inactive: false,
    consentMissing: false,
    noMfa: false,
    foreignTenant: null,
    down: false,
    slow: false,
    hang: false,
    keysDown: false,
  };
}
