import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { ReferralsApiFaults } from './faults.ts';
import type { Page } from './list.ts';
import { errorReply } from './replies.ts';
import type { ReferralResource } from './resource.ts';

const ORIGIN = 'https://api.partner.microsoft.com';

/** How the documents print it: plain http, and without the `engagements` of the real path. */
export function documentedNextLink(skipToken: string): string {
  return `http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=${skipToken}`;
}

/** One page of the list, broken if it shall be. */
export function pageReply(
  context: Context,
  page: Page,
  { brokenPage }: ReferralsApiFaults,
  nextLink: (skipToken: string) => string,
): Response {
  const broken = page.number > 1 ? brokenPage : false;
  if (broken === 'fails') return errorReply(context, 500, 'generalException', 'An unknown error has occurred.');
  const token = broken === 'loops' ? page.ownToken : page.nextToken;
  const link = brokenPage === 'foreign-host' ? foreignLink : nextLink;
  const body = JSON.stringify({
    '@odata.context': 'http://api.partner.microsoft.com/v1.0/$metadata#Referrals',
    '@odata.count': page.rows.length,
    value: page.rows.map(row => (page.whole ? { ...row, links: links(row, { whole: true }) } : row)),
    ...(token === null ? {} : { '@odata.nextLink': link(token) }),
  });
  context.header('Content-Type', 'application/json');
  return context.body(broken === 'cut' ? body.slice(0, body.length / 2) : body);
}

function foreignLink(skipToken: string): string {
  return `https://partner.example.com/v1.0/referrals?$skiptoken=${skipToken}`;
}

/** One referral whole, with the tag that only this answer has. */
export function referralReply(context: Context, referral: ReferralResource): Response {
  const hash = createHash('sha256').update(JSON.stringify(referral)).digest('hex');
  const eTag = `"${hash.slice(0, 8)}-0000-0000-0000-${hash.slice(8, 20)}"`;
  context.header('ETag', eTag);
  return context.json({
    // Misspelt in the documents, too.
    '@odata.context': `${ORIGIN}/v1.0/engagments/referrals/$metadata#Referrals/$entity`,
    ...referral,
    links: links(referral, { whole: false }),
    eTag,
  });
}

/** Those of a list are whole; those of a single referral lack a character each, as in the documents. */
function links(referral: ReferralResource, { whole }: { whole: boolean }): ReferralResource {
  const base = `${ORIGIN}/v1.0/engagements/referrals`;
  const related = `$filter=engagementId eq '${referral.engagementId}'`;
  return {
    relatedReferrals: { uri: `${base}${whole ? '?' : ''}${related}`, method: 'GET' },
    self: { uri: `${base}${whole ? '/' : ''}${referral.id}`, method: 'GET' },
  };
}
