import type { Sandbox } from '../sandbox.ts';
import type { SwitchView } from './views.ts';

interface Switch {
  readonly isOn: () => boolean;
  readonly set: (on: boolean) => void;
}

export interface Switches {
  list(): SwitchView[];
  /** False when there is no such switch. */
  set(name: string, on: boolean): boolean;
}

/** The troubles that the page can switch on; they live in the emulators, not in the page. */
export function createSwitches({ referralsApi, authority, teams, mail }: Sandbox): Switches {
  const switches: Readonly<Record<string, Switch>> = {
    // The gateway asks for half a minute, longer than a poll cares to wait.
    'partner-center:throttled': {
      isOn: () => referralsApi.faults.throttled !== false,
      set: on => referralsApi.setFaults({ throttled: on }),
    },
    'partner-center:down': {
      isOn: () => referralsApi.faults.down !== false,
      set: on => referralsApi.setFaults({ down: on }),
    },
    'partner-center:slow': {
      isOn: () => referralsApi.faults.slow !== false,
      set: on => referralsApi.setFaults({ slow: on ? 150 : false }),
    },
    'partner-center:broken-page': {
      isOn: () => referralsApi.faults.brokenPage !== false,
      set: on => referralsApi.setFaults({ brokenPage: on ? 'cut' : false }),
    },
    'partner-center:signed-out': {
      isOn: () => authority.faults.invalidGrant,
      set: on => {
        authority.setFaults({ invalidGrant: on });
        referralsApi.setFaults({ signedOut: on });
      },
    },
    'teams:down': {
      isOn: () => teams.faults.down !== false,
      set: on => teams.setFaults({ down: on }),
    },
    'mail:down': {
      isOn: () => mail.faults.down,
      set: on => mail.setFaults({ down: on }),
    },
  };
  return {
    list: () => Object.entries(switches).map(([id, { isOn }]) => ({ id, on: isOn() })),
    set(name, on) {
      if (!Object.hasOwn(switches, name)) return false;
      switches[name]?.set(on);
      return true;
    },
  };
}
