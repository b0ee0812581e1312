/** What can be wrong with the emulator, all off at first. May be changed at any time. */
export interface ReferralsApiFaults {
  /** 429 in the gateway's own shape, with `Retry-After` of this many seconds; `true` is 30, 0 sends no `Retry-After`. */
  throttled: boolean | number;
  /** 503, or the status given: 500 as JSON, 502 and 504 as a proxy's HTML page. */
  down: boolean | number;
  /** Milliseconds before each answer; `true` is two seconds. */
  slow: boolean | number;
  /** Requests are taken and never answered. */
  hang: boolean;
  /** The connection is cut without an answer. */
  reset: boolean;
  /** What becomes of the second page: it fails with 500, links to itself, is cut off in the middle; or the first links to a foreign host. */
  brokenPage: false | 'fails' | 'loops' | 'cut' | 'foreign-host';
  /** Each page begins with the last row of the one before. */
  duplicates: boolean;
  /** 401 with 900421: the user did not pass multi-factor authentication. */
  signedOut: boolean;
  /** 401 for a token that is otherwise good. */
  tokenRefused: boolean;
  /** 403: the user has no role that sees referrals. */
  forbidden: boolean;
  /** 400 to every `$select`. */
  selectRefused: boolean;
  /** How far the `Date` header is ahead, in minutes. */
  dateSkewMinutes: number;
  /** The user's role sees no referral: empty lists, 404 by id. */
  listHidden: boolean;
  /** Rows of the list lack `expirationDateTime`; by id it is there. */
  undated: boolean;
  /** What is answered by id, by id in small letters: a status with the service's own error, or a gateway's page of 404. */
  byId: Readonly<Record<string, number | 'page'>>;
  /** What `byId` names is in no list either. */
  hiddenFromList: boolean;
  /** Which requests the faults hit. */
  scope: 'all' | 'list' | 'get';
  /** How many more requests are delayed or fail before the trouble passes. */
  times: number;
}

export function noFaults(): ReferralsApiFaults {
  return {
    throttled: false,
    down: false,
    slow: false,
    hang: false,
    reset: false,
    brokenPage: false,
    duplicates: false,
    signedOut: false,
    tokenRefused: false,
    forbidden: false,
    selectRefused: false,
    dateSkewMinutes: 0,
    listHidden: false,
    undated: false,
    byId: {},
    hiddenFromList: false,
    scope: 'all',
    times: Number.POSITIVE_INFINITY,
  };
}

/** Whether a request is delayed or fails, whatever it asks for. */
export function isTroubled(faults: ReferralsApiFaults): boolean {
  const { throttled, down, slow, hang, reset, signedOut, tokenRefused, forbidden } = faults;
  return [throttled, down, slow, hang, reset, signedOut, tokenRefused, forbidden].some(fault => fault !== false);
}
