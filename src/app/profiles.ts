// The profiles of a run: of the file that its flags select, and for piped lines and the shell the way to switch to one.

import type { Profiles } from '../builtins/profiles.ts';
import type { RunOptions } from '../command/run-options.ts';
import { listProfiles, settingsOfProfile, writeDefaultProfile } from '../config/profiles.ts';
import type { Settings } from '../config/resolve.ts';
import type { ProfileTarget, Session } from '../invoke/session.ts';
import { tlsOptions } from '../invoke/tls-options.ts';
import type { IO } from '../io/io.ts';
import { masterAddresses } from '../text/address.ts';

/** The settings in force. `use` replaces them. */
export interface CurrentSettings {
  settings: Settings;
}

/** What switching to a profile changes. */
export interface Switching {
  readonly current: CurrentSettings;
  session(): Session;
  optionsOf(settings: Settings): RunOptions;
}

/** The profile of settings, and the cluster that it is for. */
export const profileTarget = ({ profile, profileAddress }: Settings): ProfileTarget => ({ name: profile.text, address: profileAddress });

/** The profiles. Reads nothing before first use. */
export function openProfiles(flags: ReadonlyMap<string, string>, io: IO, switching?: Switching): Profiles {
  return {
    list: () => listProfiles(flags, io),
    setDefault: (name) => writeDefaultProfile(name, flags, io),
    ...(switching && {
      prepare: async (name: string) => {
        const settings = await settingsOfProfile(name, flags, io);
        const { address } = settings;
        const options = switching.optionsOf(settings);
        await tlsOptions(options, masterAddresses(address).tls, io);
        return () => {
          switching.current.settings = settings;
          switching.session().switchTo({ address, options, profile: profileTarget(settings) });
        };
      },
    }),
  };
}
