import { parseFilter, parseOrder, QueryError } from './odata.ts';
import type { ReferralResource } from './resource.ts';

/** One walk through the list: what was asked, and where it stands. Travels inside the skip token. */
interface Walk {
  readonly filter?: string;
  readonly orderby?: string;
  readonly select?: string;
  readonly top?: number;
  readonly skip: number;
}

export interface Page {
  readonly rows: readonly ReferralResource[];
  /** Whether rows come with all their fields. */
  readonly whole: boolean;
  /** 1 for the page a walk begins with. */
  readonly number: number;
  /** Where the next page begins; null on the last one. */
  readonly nextToken: string | null;
  /** The token that leads to this page again. */
  readonly ownToken: string;
}

const FIELDS = new Set([
  ...['id', 'engagementId', 'name', 'externalReferenceId', 'organizationId', 'organizationName', 'createdDateTime'],
  ...['updatedDateTime', 'expirationDateTime', 'acceptedDateTime', 'closedDateTime', 'status', 'substatus'],
  ...['statusReason', 'qualification', 'type', 'direction', 'referralSource', 'callToAction', 'campaignId', 'favorite'],
  ...['customerProfile', 'consent', 'details', 'team', 'inviteContext', 'target', 'links'],
]);

/** Answers a list query; throws `QueryError` for what the service refuses. */
export function listPage(
  referrals: readonly ReferralResource[],
  query: URLSearchParams,
  options: { pageSize: number; duplicates: boolean },
): Page {
  const walk = readWalk(query);
  const matches = walk.filter === undefined ? () => true : parseFilter(walk.filter);
  // Microsoft does not say in which order rows come without $orderby; newest first is what its own client shows.
  const compare = parseOrder(walk.orderby ?? 'createdDateTime desc');
  const found = referrals
    .filter(row => matches(row))
    .sort(compare)
    .slice(0, walk.top);
  const end = walk.skip + options.pageSize;
  const start = options.duplicates ? Math.max(0, walk.skip - 1) : walk.skip;
  return {
    rows: found.slice(start, end).map(row => select(row, walk.select)),
    whole: walk.select === undefined,
    number: Math.floor(walk.skip / options.pageSize) + 1,
    nextToken: end < found.length ? writeToken({ ...walk, skip: end }) : null,
    ownToken: writeToken(walk),
  };
}

function readWalk(query: URLSearchParams): Walk {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !['$select', '$filter', '$orderby', '$top', '$skiptoken'].includes(name)) {
      throw new QueryError(`The query option '${name}' is not supported.`);
    }
  }
  const token = query.get('$skiptoken');
  if (token !== null) return readToken(token);
  const top = query.get('$top');
  if (top !== null && !/^[1-9]\d{0,4}$/.test(top)) throw new QueryError('$top takes a positive number.');
  const chosen = query.get('$select');
  for (const field of chosen?.split(',') ?? []) {
    if (!FIELDS.has(field.trim())) throw new QueryError(`The field '${field}' cannot be selected.`);
  }
  const filter = query.get('$filter');
  const orderby = query.get('$orderby');
  return {
    ...(filter === null ? {} : { filter }),
    ...(orderby === null ? {} : { orderby }),
    ...(chosen === null ? {} : { select: chosen }),
    ...(top === null ? {} : { top: Number(top) }),
    skip: 0,
  };
}

function select(row: ReferralResource, chosen: string | undefined): ReferralResource {
  if (chosen === undefined) return row;
  const fields = chosen.split(',').map(field => field.trim());
  return Object.fromEntries(fields.filter(field => field in row).map(field => [field, row[field]]));
}

function writeToken(walk: Walk): string {
  return Buffer.from(JSON.stringify(walk)).toString('base64url');
}

function readToken(token: string): Walk {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Walk;
  } catch {
    throw new QueryError('The skip token is not valid.');
  }
}
