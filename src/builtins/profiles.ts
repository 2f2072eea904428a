// The profiles of the configuration file, for `use` and `config use`.

import { Refusal, StartError } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { ProfileList, WrittenProfile } from '../config/profiles.ts';
import type { RunContext } from '../invoke/context.ts';
import { writeMessage } from '../io/write-safe.ts';
import { renderValue } from '../output/renderer.ts';
import type { View } from '../presenters/view.ts';

/** What built-in commands can do with the profiles. */
export interface Profiles {
  /** The profiles of the file as it is now. Throws StartError, Refusal. */
  list(): Promise<ProfileList>;
  /** Writes the default profile to the file; an empty name for none. Throws StartError, Refusal. */
  setDefault(name: string): Promise<WrittenProfile>;
  /**
   * Reads and checks all settings of a profile and its certificates. Changes nothing. Undefined on a command line.
   * @returns a function that switches the session to them
   * @throws StartError, Refusal
   */
  prepare?(name: string): Promise<() => void>;
}

/** The profiles of a run. */
export function profilesOf({ profiles }: { readonly profiles?: Profiles }): Profiles {
  if (!profiles) throw new Error('there are no profiles');
  return profiles;
}

/** An error of the settings as the message of a line: what is wrong, the state, and how to fix it. */
export function startErrorText({ message, usage }: StartError, state: string): string {
  return [message, state, usage.trim()].filter((text) => text !== '').join('. ');
}

/** Prints one row per profile. Throws Refusal if the file cannot be read. */
export async function showProfiles(profiles: Profiles, context: RunContext): Promise<number> {
  const {
    path,
    profiles: found,
    byDefault,
  } = await profiles.list().catch((error) => {
    throw error instanceof StartError ? new Refusal(startErrorText(error, '')) : error;
  });
  const rows = found.map((profile) => ({
    ...profile,
    inUse: profile.name === context.session.profile,
    default: profile.name === byDefault,
  }));
  const mark = (on: boolean): string => (on ? 'yes' : '-');
  const view: View = {
    columns: ['PROFILE', 'ADDRESS', 'READ-ONLY', 'IN USE', 'DEFAULT'].map((title) => ({ title })),
    rows: rows.map(({ name, address, readOnly, inUse, default: isDefault }) => ({
      key: name,
      name,
      cells: [name, address === '' ? '-' : address, mark(readOnly), mark(inUse), mark(isDefault)],
    })),
  };
  if (found.length === 0 && !context.options.quiet) {
    const where = path === undefined ? 'there is no configuration file' : `the configuration file ${path} has no profiles`;
    await writeMessage(context.io.stderr, `${where}. A profile is a table [profiles.NAME]\n`);
  }
  await renderValue(context, rows, view);
  return EXIT_CODE.ok;
}
