import type { Instant } from '../base/instant.ts';
import { PartnerCenterError } from '../model/errors.ts';
import type { ReferralQuery } from '../model/referral-source.ts';
import type { Reply } from './call.ts';
import { asObject, type WireObject } from './wire-object.ts';

/** One page of a list, as it came. */
export interface WirePage {
  readonly rows: readonly unknown[];
  readonly body: WireObject;
  readonly date: Instant | null;
  readonly clockSkewMs: number | null;
}

/** @throws PartnerCenterError when it is no list: an error that comes with rows does not say that there are no others */
export function wirePage({ body, date }: Reply, now: Instant): WirePage {
  const page = asObject(body);
  if (!Array.isArray(page.value) || page.error)
    throw new PartnerCenterError('Partner Center answered a list without rows', 200);
  return { rows: page.value, body: page, date, clockSkewMs: date === null ? null : date - now };
}

/** The query, with spaces as `%20`: a plus sign is no space to every OData server. */
export function queryText({ select, filter, orderby, top }: ReferralQuery): string {
  const parts: Record<string, string | undefined> = {
    $select: select?.join(','),
    $top: top?.toString(),
    $filter: filter,
    $orderby: orderby,
  };
  const pairs = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '');
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join('&');
}
