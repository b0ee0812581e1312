import { createAzureIdentity } from '../azure/identity.ts';
import { statusOf, tryRow } from '../azure/tables.ts';
import type { Surroundings } from '../base/given.ts';
import { DAY } from '../base/instant.ts';
import { gapsWithin, onCallAt } from '../calendars/on-duty.ts';
import { refreshedHolidays, refreshedShifts } from '../calendars/refresh.ts';
import { examine } from '../doctor/examine.ts';
import type { ChannelUnderTest, PartsUnderTest, SettingsSource } from '../doctor/set-up.ts';
import { testMessage } from '../doctor/test-messages.ts';
import type { CheckResult } from '../doctor/verdict.ts';
import { sampleMessage } from '../messages/message.ts';
import type { Outcome } from '../model/channel.ts';
import { claimsOf, mfaOf } from '../partner-center/sign-in/claims.ts';
import { dueWarnings } from '../partner-center/sign-in/known-ends.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { OtherSettings } from '../settings/settings.ts';
import { isManaged } from './partner-sign-in.ts';
import { openParts, type Parts } from './parts.ts';
import { CHANNEL_KINDS, openRegistry, type RegisteredChannel } from './registry.ts';
import { viewOf } from './view.ts';

/** Examines a set-up with clients of its own, made exactly as the app's are. */
export async function examineSettings(
  source: SettingsSource,
  around: Surroundings,
  options: { readonly send: boolean },
): Promise<readonly CheckResult[]> {
  const reading = readSettings(source.env);
  const { needed, other } = reading;
  const parts = needed ? await openParts({ ...needed, ...other }, around) : null;
  const identity = createAzureIdentity({ clientId: other.identityClientId, managed: isManaged() });
  const registry =
    parts?.registry ?? openRegistry(other, { view: await viewOf(other), identity, bot: null, ...around });
  return examine(
    {
      reading,
      source,
      managed: isManaged(),
      parts: parts && underTest(parts),
      kinds: CHANNEL_KINDS,
      channels: registry.map(one => channelUnderTest(one, around)),
      shifts: shiftsUnderTest(other, around.clock()),
      holidays: holidaysUnderTest(other, around.clock()),
      now: around.clock(),
    },
    options,
  );
}

/** Reads the calendar of shifts as a poll does, and keeps nothing of it. */
function shiftsUnderTest({ onCallCalendarUrl, timeZone }: OtherSettings, now: number) {
  if (onCallCalendarUrl === null) return null;
  return async () => {
    const { value, away } = await refreshedShifts(null, onCallCalendarUrl, timeZone, now);
    if (!value) return { problem: away?.problem ?? 'it holds nothing' };
    const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
    const [gap] = gapsWithin(value.shifts, now, now + 14 * DAY);
    return {
      now: onCallAt(value.shifts, now).map(
        ({ name, address, until }) => `${name ?? address} until ${format.format(until)}`,
      ),
      gap: gap ? { from: format.format(gap.from), to: format.format(gap.to) } : null,
      withoutAddress: value.withoutAddress,
    };
  };
}

/** The same for the calendar of holidays. */
function holidaysUnderTest({ holidaysCalendarUrl, timeZone }: OtherSettings, now: number) {
  if (holidaysCalendarUrl === null) return null;
  return async () => (await refreshedHolidays(null, holidaysCalendarUrl, timeZone, now)).away?.problem ?? null;
}

function underTest({ watchTable, signIn: { tokens, ends }, referrals }: Parts): PartsUnderTest {
  return {
    writeRow: () => tryRow(watchTable),
    statusOf,
    signIn: async () => {
      await tokens.get();
    },
    signInProblems: () => tokens.problems(),
    async tokenClaims() {
      const { aud, amr } = claimsOf(await tokens.get());
      return { audience: aud === undefined ? null : [aud].flat(), mfa: mfaOf(amr) };
    },
    referrals,
    ends,
    endingSoon: now => dueWarnings(ends(), now),
  };
}

function channelUnderTest(registered: RegisteredChannel, { clock }: Surroundings): ChannelUnderTest {
  return { id: registered.id, probe: registered.probe, send: () => sendTest(registered, clock()) };
}

/** Through the very channel that alerts use. */
async function sendTest(registered: RegisteredChannel, now: number): Promise<readonly Outcome[]> {
  if (registered.hears === 'the app') return [await registered.create().tell(testMessage(now))];
  if (registered.hears === 'reports') return [await registered.create().deliver(sampleMessage(now))];
  const outcomes: Outcome[] = [];
  for (const channel of await registered.create()) outcomes.push(await channel.deliver(sampleMessage(now)));
  return outcomes;
}
