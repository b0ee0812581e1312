import { randomUUID } from 'node:crypto';
import { type Predicate, parseFilter, parseOrder, QueryError } from './odata.ts';
import type { ReferralResource } from './resource.ts';

export interface Page {
  readonly rows: readonly ReferralResource[];
  /** Whether rows come with all their fields. */
  readonly whole: boolean;
  /** 1 for the page a walk begins with. */
  readonly number: number;
  /** Leads to the next page; null on the last one. */
  readonly nextToken: string | null;
  /** Leads to this page again. */
  readonly ownToken: string;
}

/** One walk through the list: what matched when it began, in its order. */
interface Walk {
  readonly found: readonly ReferralResource[];
  readonly matches: Predicate;
  readonly fields: readonly string[] | null;
}

export interface Lister {
  /** Answers a list query over `referrals()`; throws `QueryError` for what the service refuses. */
  page(query: URLSearchParams, options: { pageSize: number; duplicates: boolean }): Page;
}

const KEPT_WALKS = 100;

const FIELDS = new Set([
  ...['id', 'engagementId', 'name', 'externalReferenceId', 'organizationId', 'organizationName', 'createdDateTime'],
  ...['updatedDateTime', 'expirationDateTime', 'acceptedDateTime', 'closedDateTime', 'status', 'substatus'],
  ...['statusReason', 'qualification', 'type', 'direction', 'referralSource', 'callToAction', 'campaignId', 'favorite'],
  ...['customerProfile', 'consent', 'details', 'team', 'inviteContext', 'target', 'links'],
]);

export function createLister(referrals: () => readonly ReferralResource[]): Lister {
  const walks = new Map<string, Walk>();

  function begin(query: URLSearchParams): string {
    const id = randomUUID().replaceAll('-', '');
    walks.set(id, readQuery(query, referrals));
    const [oldest] = walks.keys();
    if (walks.size > KEPT_WALKS && oldest !== undefined) walks.delete(oldest);
    return id;
  }

  return {
    page(query, { pageSize, duplicates }) {
      refuseUnknownOptions(query);
      const token = query.get('$skiptoken');
      const [id, position] = token === null ? [begin(query), '0'] : token.split('-');
      const walk = walks.get(id ?? '');
      const skip = Number(position);
      if (!walk || !Number.isInteger(skip)) throw new QueryError('The skip token is not valid.');
      const end = skip + pageSize;
      const start = duplicates ? Math.max(0, skip - 1) : skip;
      // Who was answered in the meantime is left out: pages may be shorter than they could be.
      const rows = walk.found.slice(start, end).filter(walk.matches);
      return {
        rows: walk.fields ? rows.map(row => pick(row, walk.fields ?? [])) : rows,
        whole: walk.fields === null,
        number: Math.floor(skip / pageSize) + 1,
        nextToken: end < walk.found.length ? `${id}-${end}` : null,
        ownToken: `${id}-${skip}`,
      };
    },
  };
}

function refuseUnknownOptions(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !['$select', '$filter', '$orderby', '$top', '$skiptoken'].includes(name)) {
      throw new QueryError(`The query option '${name}' is not supported.`);
    }
  }
}

function readQuery(query: URLSearchParams, referrals: () => readonly ReferralResource[]): Walk {
  const top = query.get('$top');
  if (top !== null && !/^[1-9]\d{0,4}$/.test(top)) throw new QueryError('$top takes a positive number.');
  const fields =
    query
      .get('$select')
      ?.split(',')
      .map(field => field.trim()) ?? null;
  const unknown = fields?.find(field => !FIELDS.has(field));
  if (unknown !== undefined) throw new QueryError(`The field '${unknown}' cannot be selected.`);
  const filter = query.get('$filter');
  const matches = filter === null ? () => true : parseFilter(filter);
  // Microsoft does not say in which order rows come without $orderby; newest first is what its own client shows.
  const sort = parseOrder(query.get('$orderby') ?? 'createdDateTime desc');
  const found = sort(referrals().filter(matches));
  return { found: top === null ? found : found.slice(0, Number(top)), matches, fields };
}

function pick(row: ReferralResource, fields: readonly string[]): ReferralResource {
  return Object.fromEntries(fields.filter(field => field in row).map(field => [field, row[field]]));
}
