import type { SettingsReader } from './reader.ts';

const NAMED = /^(TEAMS_WEBHOOK_URL|EMAIL_TO)_([A-Z0-9]+(?:_[A-Z0-9]+)*)$/i;

/** A channel that only rules name. */
export interface NamedSetting {
  readonly setting: string;
  readonly kind: 'TEAMS_WEBHOOK_URL' | 'EMAIL_TO';
  /** `nordics`: small letters, dashes. */
  readonly name: string;
}

/** What the name of a setting says, when it is that of a named channel; else null. */
export function namedSetting(setting: string): NamedSetting | null {
  const [, kind = '', name] = NAMED.exec(setting) ?? [];
  if (name === undefined) return null;
  return { setting, kind: kind.toUpperCase() as NamedSetting['kind'], name: name.toLowerCase().replaceAll('_', '-') };
}

/** `teams:nordics`. */
export function channelIdOf({ kind, name }: NamedSetting): string {
  return `${kind === 'EMAIL_TO' ? 'email' : 'teams'}:${name}`;
}

/** The settings of named channels that hold anything, by name. */
export function namedSettings(read: Pick<SettingsReader, 'names'>): readonly NamedSetting[] {
  const found = read.names().flatMap(name => namedSetting(name) ?? []);
  return found.toSorted((a, b) => (channelIdOf(a) < channelIdOf(b) ? -1 : 1));
}
