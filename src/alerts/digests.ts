import type { AlertDraft, EscalationStep } from '../model/alert.ts';
import { isExit, orderOf } from '../model/alert-kinds.ts';

/** One alert that is due in one channel, as far as it decides in which message it goes. */
export interface Due {
  readonly channel: string;
  readonly draft: Pick<AlertDraft, 'kind' | 'step' | 'referralId' | 'expiry'>;
  /** Key of the incident that this referral shares with others, kept from its first attempt. */
  readonly storm?: string;
  /** It was tried by itself before and goes on by itself: an incident of its own, a plainest form. */
  readonly alone?: true;
  /** It goes in its plainest form, apart from those that don't. */
  readonly plain?: true;
}

/**
 * What goes out as one message, most urgent first.
 * - `single`: one alert.
 * - `digest`: of one kind and severity; shows as many rows as fit, and tells all of them.
 * - `named`: a digest that shows each of its alerts; each counts as told by itself.
 * - `storm`: one incident for many referrals; an exit ends it.
 */
export type Parcel<T extends Due> = { readonly channel: string; readonly alerts: readonly T[] } & (
  | { readonly form: 'single' | 'digest' | 'named' }
  | { readonly form: 'storm'; readonly key: string }
);

export interface Parcelling<T extends Due> {
  readonly digestAbove: number;
  readonly steps: readonly EscalationStep[];
  /** Whether one digest can show each of these as a row. */
  fits(alerts: readonly T[]): boolean;
  /** Whether a channel keeps an incident for each referral, as a pager does. */
  keepsIncidents(channel: string): boolean;
  /** For a storm that begins in this poll; no two polls have the same. */
  readonly stormKey: string;
}

/** Puts what is due into messages that people can read: nothing is lost, what is urgent is named. */
export function parcelled<T extends Due>(due: readonly T[], how: Parcelling<T>): Parcel<T>[] {
  const ordered = due.toSorted(byUrgency);
  return [...Map.groupBy(ordered, ({ channel }) => channel)].flatMap(([channel, here]) => {
    const parcels = how.keepsIncidents(channel) ? incidents(channel, here, how) : messages(channel, here, how);
    return parcels.toSorted((a, b) => placeOf(a) - placeOf(b));
  });
}

/** The shared incidents whose referrals have all left pending: time to end them. */
export function endedStorms(members: Iterable<{ readonly storm: string; readonly hasLeft: boolean }>): Set<string> {
  const storms = new Map<string, boolean>();
  for (const { storm, hasLeft } of members) storms.set(storm, hasLeft && (storms.get(storm) ?? true));
  return new Set([...storms].filter(([, isOver]) => isOver).map(([storm]) => storm));
}

function messages<T extends Due>(channel: string, due: readonly T[], how: Parcelling<T>): Parcel<T>[] {
  const gatherable = due.filter(({ alone }) => !alone);
  return [
    ...due.filter(({ alone }) => alone).map(single),
    ...[...Map.groupBy(gatherable, kindOf).values()].flatMap((alike): Parcel<T>[] => {
      if (alike.length <= how.digestAbove) return alike.map(single);
      const isUrgent = ({ draft }: T) => draft.step !== null && isLast(draft.step, how.steps);
      const named = inRows(alike.filter(isUrgent), how).map(alerts => ({ channel, form: 'named' as const, alerts }));
      const counted = alike.filter(alert => !isUrgent(alert));
      return counted.length > 0 ? [...named, { channel, form: 'digest', alerts: counted }] : named;
    }),
  ];
}

/** As few lists as show each alert as a row. */
function inRows<T extends Due>(alerts: readonly T[], { fits }: Parcelling<T>): T[][] {
  const lists: T[][] = [];
  for (const alert of alerts) {
    const last = lists.at(-1);
    if (last && fits([...last, alert])) last.push(alert);
    else lists.push([alert]);
  }
  return lists;
}

/** An incident for each of the most urgent; the rest shares one, which is the one that is still to be sent if there is one. */
function incidents<T extends Due>(channel: string, due: readonly T[], how: Parcelling<T>): Parcel<T>[] {
  const [ends, begins] = [due.filter(({ draft }) => isExit(draft)), due.filter(({ draft }) => !isExit(draft))];
  const kept = begins.filter(({ storm }) => storm !== undefined);
  const own = begins.filter(({ storm, alone }) => storm === undefined && alone);
  const fresh = begins.filter(({ storm, alone }) => storm === undefined && !alone);
  const room = Math.max(0, how.digestAbove - own.length);
  const key = kept[0]?.storm ?? how.stormKey;
  const shared = [...kept, ...fresh.slice(room)].toSorted(byUrgency);
  return [
    ...[...own, ...fresh.slice(0, room), ...ends.filter(({ storm }) => storm === undefined)].map(single),
    ...storms(channel, shared, ({ storm }) => storm ?? key),
    ...storms(
      channel,
      ends.filter(({ storm }) => storm !== undefined),
      ({ storm }) => storm ?? '',
    ),
  ];
}

function storms<T extends Due>(channel: string, alerts: readonly T[], keyOf: (alert: T) => string): Parcel<T>[] {
  return [...Map.groupBy(alerts, keyOf)].map(([key, together]) => ({ channel, form: 'storm', key, alerts: together }));
}

function single<T extends Due>(alert: T): Parcel<T> {
  return { channel: alert.channel, form: 'single', alerts: [alert] };
}

/** What must be named: `critical`, or the step nearest to expiry where nothing is critical. */
function isLast(step: EscalationStep, steps: readonly EscalationStep[]): boolean {
  if (steps.some(({ severity }) => severity === 'critical')) return step.severity === 'critical';
  return steps.every(({ before }) => before >= step.before);
}

function kindOf({ draft, plain }: Due): string {
  return [draft.kind, draft.step?.severity, plain].join(' ');
}

/** What can still be answered goes first, a digest where its rows would. */
function placeOf<T extends Due>({ alerts }: Parcel<T>): number {
  return Math.min(...alerts.map(({ draft }) => orderOf(draft)));
}

function byUrgency(a: Due, b: Due): number {
  return a.draft.expiry.at - b.draft.expiry.at || (a.draft.referralId < b.draft.referralId ? -1 : 1);
}
