import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Rest } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import type { Expiry } from '../model/referral.ts';
import type { Deed } from '../model/trail.ts';
import { isObject } from './text-columns.ts';

/** What has become of it, for timeline and figures. */
export type Trail = Pick<Checkpoint, 'deeds' | 'exitAt' | 'forgotten'>;

export function toText(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Text, or what the library makes of a column that a tool for copying tables took for a date. */
export function instantIn(value: unknown): Instant | undefined {
  const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

export function sourceIn(word: string): Expiry['source'] {
  return word === 'reported' ? 'reported' : 'estimated';
}

export function restIn(untilText: unknown, under: unknown, listedText: unknown): Rest | undefined {
  const until = instantIn(untilText);
  if (until === undefined) return undefined;
  const rest = { until, under: typeof under === 'string' ? under : '' };
  if (typeof listedText !== 'string') return rest;
  return { ...rest, listed: listedText === NONE ? null : (instantIn(listedText) ?? null) };
}

const NONE = 'none';

export function listedToText(listed: Instant | null): string {
  return listed === null ? NONE : toText(listed);
}

const EXITS: Readonly<Record<Exit, true>> = {
  accepted: true,
  declined: true,
  won: true,
  lost: true,
  expired: true,
  gone: true,
};

/** A word that we do not know says nothing of how it stands. */
export function isExitWord(word: unknown): word is Exit {
  return typeof word === 'string' && Object.hasOwn(EXITS, word);
}

export function isSummary(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { asked } = value;
  return asked === undefined || (isObject(asked) && Array.isArray(asked.solutions));
}

export function isClaim(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { by, name, at, until } = value;
  return typeof by === 'string' && typeof name === 'string' && Number.isFinite(at) && Number.isFinite(until);
}

export function trailIn({ deeds, exitAt, forgotten }: { readonly [K in keyof Trail]?: unknown }): Trail {
  return {
    ...(Array.isArray(deeds) && { deeds: deeds.filter(isDeed) }),
    ...(Number.isFinite(exitAt) && { exitAt: exitAt as Instant }),
    ...(forgotten === true && { forgotten }),
  };
}

function isDeed(value: unknown): value is Deed {
  if (!isObject(value)) return false;
  const { what, at, name, holder } = value;
  const isKnown = what === 'claimed' || what === 'released' || what === 'snoozed';
  return (
    isKnown && Number.isFinite(at) && typeof name === 'string' && (holder === undefined || typeof holder === 'string')
  );
}

export function isHiddenNote(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Number.isFinite(value.since) && (value.goneAt === undefined || Number.isFinite(value.goneAt));
}

export function areDates(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { listed, whole } = value;
  const isDate = (date: unknown) => date === null || Number.isFinite(date);
  return isDate(listed) && (whole === undefined || isDate(whole));
}
