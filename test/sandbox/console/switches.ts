import type { Sandbox } from '../sandbox.ts';
import type { SwitchView } from './views.ts';

interface Switch {
  readonly isOn: (sandbox: Sandbox) => boolean;
  readonly set: (sandbox: Sandbox, on: boolean) => void;
}

export interface Switches {
  list(): SwitchView[];
  /** False when there is no such switch. */
  set(name: string, on: boolean): boolean;
}

/** The trouble of a Teams that takes nothing from the bot. */
const BOT_DOWN = { times: Number.POSITIVE_INFINITY, answer: 503 } as const;

const SWITCHES: Readonly<Record<string, Switch>> = {
  // The gateway asks for half a minute, longer than a poll cares to wait.
  'partner-center:throttled': {
    isOn: ({ referralsApi }) => referralsApi.faults.throttled !== false,
    set: ({ referralsApi }, on) => referralsApi.setFaults({ throttled: on }),
  },
  'partner-center:down': {
    isOn: ({ referralsApi }) => referralsApi.faults.down !== false,
    set: ({ referralsApi }, on) => referralsApi.setFaults({ down: on }),
  },
  'partner-center:slow': {
    isOn: ({ referralsApi }) => referralsApi.faults.slow !== false,
    set: ({ referralsApi }, on) => referralsApi.setFaults({ slow: on ? 150 : false }),
  },
  'partner-center:broken-page': {
    isOn: ({ referralsApi }) => referralsApi.faults.brokenPage !== false,
    set: ({ referralsApi }, on) => referralsApi.setFaults({ brokenPage: on ? 'cut' : false }),
  },
  'partner-center:signed-out': {
    isOn: ({ authority }) => authority.faults.invalidGrant,
    set: ({ authority, referralsApi }, on) => {
      authority.setFaults({ invalidGrant: on });
      referralsApi.setFaults({ signedOut: on });
    },
  },
  'teams:down': {
    isOn: ({ teams }) => teams.faults.down !== false,
    set: ({ teams, bot }, on) => {
      teams.setFaults({ down: on });
      if (bot) bot.connector.faults.splice(0, Number.POSITIVE_INFINITY, ...(on ? [{ ...BOT_DOWN }] : []));
    },
  },
  'mail:down': {
    isOn: ({ mail }) => mail.faults.down,
    set: ({ mail }, on) => mail.setFaults({ down: on }),
  },
};

export const SWITCH_NAMES: readonly string[] = Object.keys(SWITCHES);

/** The troubles that the page can switch on; they live in the emulators, not in the page. */
export function createSwitches(sandbox: Sandbox): Switches {
  return {
    list: () => Object.entries(SWITCHES).map(([id, { isOn }]) => ({ id, on: isOn(sandbox) })),
    set(name, on) {
      if (!Object.hasOwn(SWITCHES, name)) return false;
      SWITCHES[name]?.set(sandbox, on);
      return true;
    },
  };
}
