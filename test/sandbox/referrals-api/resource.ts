import { decodeHTML } from 'entities/decode';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Partner Center archives what nobody answered within this time. */
export const WINDOW = 14 * DAY;

/** A referral as it goes over the wire. Any field may be missing or null, as in real data. */
export type ReferralResource = Record<string, unknown>;

export function floorToMidnight(milliseconds: number): number {
  return Math.floor(milliseconds / DAY) * DAY;
}

/** UTC with as many fraction digits as Partner Center likes to print. */
export function wireTime(milliseconds: number, fractionDigits = 7): string {
  const [seconds] = new Date(milliseconds).toISOString().split('.');
  if (fractionDigits === 0) return `${seconds}Z`;
  const fraction = String(milliseconds % 1000).padStart(3, '0');
  return `${seconds}.${fraction.padEnd(fractionDigits, '0').slice(0, fractionDigits)}Z`;
}

/** When an unanswered referral expires, or null when its creation is unknown. */
export function deadline(referral: ReferralResource): number | null {
  const reported = Date.parse(String(referral.expirationDateTime));
  if (!Number.isNaN(reported)) return reported;
  const created = Date.parse(String(referral.createdDateTime));
  return Number.isNaN(created) ? null : floorToMidnight(created + WINDOW);
}

/** The customer's name as people read it, without the entities some rows carry. */
export function customerName(referral: ReferralResource): string {
  const profile = referral.customerProfile as { name?: unknown } | null | undefined;
  return typeof profile?.name === 'string' ? decodeHTML(profile.name).trim() : '';
}

/** Incoming and not answered. */
export function isPending(referral: ReferralResource): boolean {
  return referral.direction === 'Incoming' && referral.substatus === 'Pending';
}
