import type { Instant } from '../base/instant.ts';
import type { Outcome } from '../model/channel.ts';
import type { ReferralsClient } from '../model/referral-source.ts';
import type { SignInTrouble } from '../model/sign-in-trouble.ts';
import type { Environment } from '../settings/reader.ts';
import type { SettingsReading } from '../settings/settings.ts';
import type { Verdict } from './verdict.ts';

/** A set-up as the doctor examines it. What is looked at comes from outside: the doctor knows no client. */
export interface SetUp {
  readonly reading: SettingsReading;
  readonly source: SettingsSource;
  /** Whether this runs in Azure, with a managed identity of the platform's. */
  readonly managed: boolean;
  /** Null while something is wrong with what a poll needs. */
  readonly parts: PartsUnderTest | null;
  /** Every kind of channel there is, in the order of the checks. */
  readonly kinds: readonly ChannelKindUnderTest[];
  /** The channels that are set and can be made. */
  readonly channels: readonly ChannelUnderTest[];
  /** Reads the calendar of shifts; null where none is set. */
  readonly shifts: (() => Promise<ShiftsUnderTest | { readonly problem: string }>) | null;
  /** Reads the calendar of holidays, and answers what is wrong with it; null where none is set. */
  readonly holidays: (() => Promise<string | null>) | null;
  readonly now: Instant;
}

export interface ShiftsUnderTest {
  /** Who is on call, by name, each until when. */
  readonly now: readonly string[];
  /** The first stretch of the coming two weeks without anybody, in words. */
  readonly gap: { readonly from: string; readonly to: string } | null;
  readonly withoutAddress: number;
}

/** Where the settings came from. */
export interface SettingsSource {
  readonly env: Environment;
  /** The settings file that was read, with the names in it that the environment does not set; null without one. */
  readonly file: { readonly name: string; readonly names: readonly string[] } | null;
  /** Why the file could not be read, and what to do. */
  readonly trouble: { readonly found: string; readonly cure: string } | null;
}

export interface PartsUnderTest {
  /** Writes a row that nobody reads and removes it. */
  writeRow(): Promise<void>;
  /** What the service said when a row could not be written. */
  statusOf(error: unknown): number | undefined;
  /** Redeems the stored refresh token and saves its successor. */
  signIn(): Promise<void>;
  /** What is wrong although a token could be had. */
  signInProblems(): readonly SignInTrouble[];
  tokenClaims(): Promise<{
    readonly audience: readonly string[] | null;
    readonly mfa: 'proven' | 'missing' | 'unknown';
  }>;
  readonly referrals: Pick<ReferralsClient, 'list'>;
  /** What ends some day, nearest first. */
  ends(): readonly { readonly what: string; readonly at: Instant }[];
  /** What of that has ended or ends within 30 days, with what to do. */
  endingSoon(now: Instant): readonly { readonly what: string; readonly daysLeft: number; readonly text: string }[];
}

export interface ChannelKindUnderTest {
  readonly id: string;
  readonly tells: 'sales' | 'on-call' | 'operator' | 'managers';
  /** The setting that switches it on. */
  readonly setting: string;
  /** What to do when it does not work, a sentence. */
  readonly cure: string;
}

/** One channel, or all conversations of a bot. */
export interface ChannelUnderTest {
  readonly id: string;
  /** Looks as far as one can without sending anything. */
  probe(): Promise<Verdict>;
  /** Sends one test message everywhere it speaks, the way alerts go. */
  send(): Promise<readonly Outcome[]>;
}
