import type { Instant } from '../base/instant.ts';
import type { EscalationStep } from '../model/alert.ts';
import type { Language } from '../model/language.ts';
import type { Rule } from '../model/rule.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import type { WeeklyHours, WeeklyTime } from '../model/weekly.ts';

/** How the app registration proves itself to the authority. */
export type PartnerCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly secretUrl: string }
  | { readonly kind: 'federated' };

export interface PartnerSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: PartnerCredential;
  /** Without a trailing slash; `/{tenant}/oauth2/v2.0/token` is appended. */
  readonly authorityUrl: string;
  readonly scope: string;
}

export type RefreshTokenPlace =
  | { readonly kind: 'key-vault'; readonly secretUrl: string }
  | { readonly kind: 'file'; readonly path: string };

/** What `sign-in` needs: the app registration and the place of the refresh token. */
export interface SignInSettings {
  readonly partner: PartnerSettings;
  readonly refreshToken: RefreshTokenPlace;
  readonly identityClientId: string | null;
}

export type TablesPlace =
  | { readonly kind: 'identity'; readonly url: string }
  | { readonly kind: 'connection-string'; readonly connectionString: string };

/** What `report` and `forget` need. */
export interface TablesSettings {
  readonly tables: TablesPlace;
  readonly identityClientId: string | null;
}

export interface BotSettings {
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: { readonly kind: 'managed-identity' } | { readonly kind: 'password'; readonly password: string };
  /** Where a `SingleTenant` bot gets its token; always https. */
  readonly authorityUrl: string;
  readonly tokenScope: string;
  /** What callers are checked with; null when it is malformed: then nobody is let in. */
  readonly door: {
    readonly openIdMetadataUrl: string;
    readonly issuer: string;
    readonly serviceHosts: readonly string[];
  } | null;
  /** Entra object ids, lower case, of those who may bind channels; null: anybody of the tenant. */
  readonly admins: readonly string[] | null;
}

export type MailCarrier =
  | { readonly kind: 'smtp'; readonly url: string }
  | { readonly kind: 'acs'; readonly endpoint: string };

export interface EmailSettings {
  readonly from: string;
  /** Sales; may be empty when only on-call or the operator get mail. */
  readonly to: readonly string[];
  readonly carrier: MailCarrier;
}

/** A channel that only rules name: its id, the setting that names it, and where it leads. */
export type NamedChannel = { readonly id: string; readonly setting: string } & (
  | { readonly webhookUrl: string }
  | { readonly to: readonly string[] }
);

export type DetailAuth =
  | { readonly kind: 'key' }
  /** Its settings are wrong: nobody gets in. */
  | { readonly kind: 'shut' }
  | {
      readonly kind: 'entra';
      readonly tenantId: string;
      readonly audience: string;
      readonly role: string;
      readonly authorityUrl: string;
    };

/** What there is no poll without: Partner Center, its sign-in and the tables. */
export interface NeededSettings extends SignInSettings {
  readonly referralsApiUrl: string;
  readonly tables: TablesPlace;
}

/** All other settings. What is wrong among them is off, or at its default. */
export interface OtherSettings {
  readonly identityClientId: string | null;
  readonly clientSecretExpiresOn: Instant | null;
  readonly pollSchedule: string;
  readonly referralsFilter: string;
  readonly windowDays: number;
  /** Null: messages have no link. */
  readonly linkTemplate: string | null;
  readonly teamsWebhookUrl: string | null;
  /** Channels that only rules name. */
  readonly named: readonly NamedChannel[];
  readonly bot: BotSettings | null;
  readonly claimExpiresAfterMs: number;
  /** Null when nobody gets mail. */
  readonly email: EmailSettings | null;
  /** The one farthest from expiry first. */
  readonly steps: readonly EscalationStep[];
  readonly onCall: {
    readonly teamsWebhookUrl: string | null;
    readonly emailTo: readonly string[];
    readonly pager: { readonly key: string; readonly url: string } | null;
  };
  readonly operator: {
    readonly teamsWebhookUrl: string | null;
    readonly emailTo: readonly string[];
  };
  /** The rules in force; null: everything goes to the channels without a name. */
  readonly rules: readonly Rule[] | 'unreadable' | null;
  /** Null: always. */
  readonly workingHours: WeeklyHours | null;
  /** `2026-12-25`, in order. */
  readonly holidays: readonly string[];
  readonly holidaysCalendarUrl: string | null;
  readonly onCallCalendarUrl: string | null;
  readonly heartbeatUrl: string | null;
  /** Null: no summary. */
  readonly summaryAt: WeeklyTime | null;
  readonly report: {
    /** Null: no report. */
    readonly at: WeeklyTime | null;
    readonly teamsWebhookUrl: string | null;
    readonly emailTo: readonly string[];
  };
  readonly digestAbove: number;
  readonly timeZone: string;
  readonly language: Language;
  readonly detailAuth: DetailAuth;
  readonly retentionMs: number;
}

/** All settings of an app that polls. Base addresses have no trailing slash; lists have no doubles. */
export interface Settings extends NeededSettings, OtherSettings {}

/** What the environment says, with everything that is wrong with it. */
export interface SettingsReading {
  /** Null when something of it is missing or malformed: then there is no poll. */
  readonly needed: NeededSettings | null;
  readonly other: OtherSettings;
  /** In the order of the table of settings. */
  readonly problems: readonly SettingProblem[];
}
