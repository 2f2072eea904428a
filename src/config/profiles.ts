// The profiles of the configuration file: a list of them, and the settings of one.

import { isUtf8 } from 'node:buffer';
import { NOT_SENT, Refusal, StartError } from '../command/errors.ts';
import type { IO } from '../io/io.ts';
import { goQuote } from '../text/quote.ts';
import { inOneLine } from '../text/sanitize.ts';
import { systemReason } from '../text/system-error.ts';
import { type ConfigFile, readConfigFile, readUserFile, unknownProfile } from './file.ts';
import { checkMaster } from './master-address.ts';
import { resolveSettings, type Settings, type SettingsIO, settingValue } from './resolve.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

/** A profile as `use` would apply it. */
export interface Profile {
  readonly name: string;
  /** The address that it leads to; empty for none. */
  readonly address: string;
  readonly readOnly: boolean;
}

export interface ProfileList {
  /** The path of the file; undefined if there is none. */
  readonly path: string | undefined;
  /** Sorted by name. */
  readonly profiles: readonly Profile[];
  /** The profile that the file chooses; empty for none. */
  readonly byDefault: string;
}

type Flags = ReadonlyMap<string, string>;

/** The profiles of the file of -config, or of the user's own. Throws StartError for an invalid file, Refusal if it cannot be read. */
export async function listProfiles(flags: Flags, io: Pick<IO, 'readFile' | 'env'>): Promise<ProfileList> {
  const file = await readFile(flags, io);
  const names = Object.keys(file?.profiles ?? {}).sort();
  return { path: file?.path, profiles: names.map((name) => profileNamed(name, flags, io.env, file)), byDefault: file?.profile ?? '' };
}

/** The file with the profiles; undefined if there is none. Throws StartError, Refusal. */
export async function readFile(flags: Flags, io: Pick<IO, 'readFile' | 'env'>): Promise<ConfigFile | undefined> {
  const path = flags.get('config');
  const file = path ? await readConfigFile(io, path) : await readUserFile(io);
  if (file && 'trouble' in file) throw new Refusal(`${file.trouble}. ${NOT_SENT}. Fix the file, or use another one with -config FILE`);
  return file;
}

function profileNamed(name: string, flags: Flags, env: IO['env'], file: ConfigFile | undefined): Profile {
  const kept = keptFlags(flags);
  const chosen = { text: name, origin: { from: 'flag' } } as const;
  const textOf = (key: 'master-addr' | 'read-only'): string => {
    const setting = SETTINGS.find((s) => s.name === key) as Setting;
    return settingValue(setting, kept.get(key), env, file, chosen).text;
  };
  return { name, address: textOf('master-addr'), readOnly: textOf('read-only') === 'true' };
}

/** The flags of the start without those that are about the cluster of the start. */
function keptFlags(flags: Flags): Flags {
  const settings: readonly Setting[] = SETTINGS;
  return new Map([...flags].filter(([name, text]) => !settings.find((s) => s.name === name)?.onlyForStart?.(text)));
}

/**
 * The settings as if dmctl had been started with -profile NAME, without the flags that are about the cluster of the start.
 * @throws StartError for an unknown profile, an invalid setting, or a profile without an address
 */
export async function settingsOfProfile(name: string, flags: Flags, io: SettingsIO): Promise<Settings> {
  if (name === '') throw new StartError('the name of the profile is empty', 'List the profiles with use.\n');
  const settings = await resolveSettings(new Map([...keptFlags(flags), ['profile', name]]), io, false);
  if (settings.address === '')
    throw new StartError(`the profile ${goQuote(name)} has no master-addr`, `Write master-addr into [profiles.${inOneLine(name)}].\n`);
  checkMaster(settings.address);
  return { ...settings, rows: settings.rows.map((row) => (row.name === 'profile' ? { ...row, from: 'use' } : row)) };
}

/** Where the default profile was written. */
export interface WrittenProfile {
  readonly path: string;
  /** Whether the file was changed. Otherwise it had the profile already. */
  readonly changed: boolean;
}

/**
 * Writes the default profile to the configuration file; an empty name for none. Creates no file.
 * @throws StartError for an unknown profile or an invalid file, Refusal for a file that cannot be read or written
 */
export async function writeDefaultProfile(
  name: string,
  flags: Flags,
  io: Pick<IO, 'readFile' | 'env' | 'replaceFile'>,
): Promise<WrittenProfile> {
  let bytes: Buffer = Buffer.alloc(0);
  const file = await readFile(flags, {
    env: io.env,
    readFile: async (path, signal) => {
      bytes = await io.readFile(path, signal);
      return bytes;
    },
  });
  if (!file || (name !== '' && !Object.hasOwn(file.profiles, name))) throw unknownProfile(name, file);
  const { path } = file;
  const unchanged = 'The file is unchanged';
  if (!isUtf8(bytes)) throw new Refusal(`${path} is not UTF-8. ${unchanged}. Save it as UTF-8`);
  const { withDefaultProfile } = await import('./default-profile.ts');
  const text = bytes.toString('utf8');
  const next = await withDefaultProfile(text, name).catch((error: Error) => {
    throw new Refusal(`cannot change ${path}: ${error.message}. ${unchanged}. Write profile = ${goQuote(name)} into it`);
  });
  if (next === text) return { path, changed: false };
  await io.replaceFile(path, bytes, next).catch((error) => {
    throw new Refusal(`cannot write ${path}: ${systemReason(error)}. ${unchanged}`);
  });
  return { path, changed: true };
}
