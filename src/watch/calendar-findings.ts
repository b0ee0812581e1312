import type { Instant } from '../base/instant.ts';
import type { Finding } from './troubles.ts';

const CALENDARS = {
  'on-call-calendar': {
    title: 'The on-call calendar cannot be read',
    text: 'The shifts that were read last go on serving for two weeks; then everybody of ONCALL_EMAIL_TO hears what is critical. Check ONCALL_CALENDAR_URL with the doctor.',
  },
  'holidays-calendar': {
    title: 'The calendar of holidays cannot be read',
    text: 'The holidays that were read last go on counting. Check HOLIDAYS_CALENDAR_URL with the doctor.',
  },
} as const;

/** What is wrong with a calendar; `problem` null: nothing, or it is not read. */
export function calendarFinding(key: keyof typeof CALENDARS, problem: string | null): Finding {
  if (problem === null) return { key, ok: true };
  const { title, text } = CALENDARS[key];
  return { key, ok: false, title, text: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. ${text}` };
}

/** On-call is due to hear of a lead while nobody is on shift. */
export function gapFinding(gap: { readonly from: Instant; readonly to: Instant } | null, zone: string): Finding {
  if (!gap) return { key: 'on-call-gap', ok: true };
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  return {
    key: 'on-call-gap',
    ok: false,
    title: 'Nobody is on call when a lead becomes critical',
    text: `The on-call calendar has nobody from ${format.format(gap.from)} to ${format.format(gap.to)} (${zone}), and on-call is due to hear of a pending lead then. Put somebody into the calendar; otherwise everybody of ONCALL_EMAIL_TO hears of it.`,
  };
}

/** What the outside dead-man's switch answers. */
export function heartbeatFinding(problem: string | null): Finding {
  if (problem === null) return { key: 'heartbeat', ok: true };
  return {
    key: 'heartbeat',
    ok: false,
    title: 'The heartbeat address does not answer',
    text: `Polls go on, but the outside watch does not hear of them (${problem}) and may raise an alarm of its own. Check HEARTBEAT_URL.`,
  };
}
