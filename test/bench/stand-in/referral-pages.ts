import { v5 as uuidFromName } from 'uuid';
import { makeReferral } from '../../sandbox/referrals-api/make-referral.ts';

export const API_PAGE = 200;

const DAY = 24 * 3_600_000;
const NAMESPACE = '6f1d9c1e-57a3-4d0b-8f53-7a1c6e2b9d44';

/** The id of the n-th referral, the same in every process. */
export function referralId(n: number): string {
  return uuidFromName(String(n), NAMESPACE);
}

/** A whole referral of about 2.8 kB that a day ago came in and has thirteen days left: nothing is due. */
function wholeReferral(n: number, today: number): Record<string, unknown> {
  const notes = 'We plan to move our mail, files and meetings to the cloud and look for help with it. '.repeat(8);
  return {
    ...makeReferral({
      customer: `Northwind Traders branch ${n}`,
      createdAt: today - DAY + (n % 3_600),
      expiresAt: today + 13 * DAY,
      notes,
      value: 1_000 + n,
      contact: { firstName: 'Avery', lastName: 'Howard' },
    }),
    id: referralId(n),
  };
}

/** Ready-made bodies of list pages, made once and then only sent. */
export function createReferralPages(total: number, today: number) {
  const kept = new Map<string, Buffer>();

  function rows(from: number, fields: readonly string[] | null): Record<string, unknown>[] {
    return Array.from({ length: Math.min(API_PAGE, total - from) }, (_, i) => {
      const whole = wholeReferral(from + i, today);
      return fields ? Object.fromEntries(fields.map(field => [field, whole[field]])) : whole;
    });
  }

  return {
    /** One whole referral. */
    one(n: number): Buffer {
      const known = kept.get(`one ${n}`);
      if (known) return known;
      const body = Buffer.from(JSON.stringify(wholeReferral(n, today)));
      kept.set(`one ${n}`, body);
      return body;
    },
    /** The page that starts at a row; `base` is the address that the next link leads to. */
    page(from: number, select: string | null, base: string): Buffer {
      const key = `${from}/${select ?? ''}/${base}`;
      const known = kept.get(key);
      if (known) return known;
      const next = from + API_PAGE;
      const query = select ? `$select=${select}&` : '';
      const body = Buffer.from(
        JSON.stringify({
          '@odata.context': `${base}/$metadata#Referrals`,
          value: rows(from, select?.split(',') ?? null),
          ...(next < total && { '@odata.nextLink': `${base}?${query}$skiptoken=${next}` }),
        }),
      );
      kept.set(key, body);
      return body;
    },
  };
}
