// The TOML file of -config, or the user's own: settings, and profiles of settings.

import { StartError } from '../command/errors.ts';
import type { IO } from '../io/io.ts';
import { didYouMean } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import { inOneLine } from '../text/sanitize.ts';
import { fileError } from '../text/system-error.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { Setting } from './setting.ts';
import { fileSettings } from './setting-lists.ts';
import { SETTINGS } from './settings.ts';

const CONTENT =
  'The file must be TOML. Switches such as read-only are true or false, all other settings are strings, and a profile is a table [profiles.NAME] of settings. `dmctl config show` lists the settings.\n';

/** The texts of settings, by name. */
export type FileSettings = Readonly<Record<string, string>>;

export interface ConfigFile {
  readonly path: string;
  readonly settings: FileSettings;
  readonly profiles: Readonly<Record<string, FileSettings>>;
  /** The profile to use if none is named. */
  readonly profile: string | undefined;
  /** Unknown keys. */
  readonly unknown: readonly string[];
}

/** Reads a file. Throws StartError. */
export async function readConfigFile(io: Pick<IO, 'readFile'>, path: string, settings: readonly Setting[] = SETTINGS): Promise<ConfigFile> {
  let bytes: Buffer;
  try {
    bytes = await io.readFile(path);
  } catch (e) {
    throw new StartError(fileError(e, path), CONTENT);
  }
  return await parseFile(bytes, path, settings);
}

/** The user's own file, if it cannot be read: its contents, such as read-only, are unknown. */
export interface UnreadableFile {
  readonly path: string;
  /** The reason, with the path. */
  readonly trouble: string;
}

/** The user's own file; undefined if there is none. Throws StartError for an invalid setting. */
export async function readUserFile(
  { readFile, env }: Pick<IO, 'readFile' | 'env'>,
  settings: readonly Setting[] = SETTINGS,
): Promise<ConfigFile | UnreadableFile | undefined> {
  const path = userFile(env);
  if (path === undefined) return undefined;
  try {
    const bytes = await readFile(path).catch((e) => {
      throw new UnreadableError(fileError(e, path), (e as NodeJS.ErrnoException).code);
    });
    return await parseFile(bytes, path, settings);
  } catch (e) {
    if (!(e instanceof UnreadableError)) throw e;
    return NO_FILE.has(e.code ?? '') ? undefined : { path, trouble: e.message };
  }
}

/** The profiles of a file, or of the user's own file without a path. Throws StartError for a file that cannot be read. */
export async function profileNames(path: string | undefined, io: Pick<IO, 'readFile' | 'env'>): Promise<readonly string[]> {
  const file = path ? await readConfigFile(io, path) : await readUserFile(io);
  return file && 'profiles' in file ? Object.keys(file.profiles).sort() : [];
}

/** The error for a profile that the file does not have, with the profiles that it has. */
export function unknownProfile(name: string, file: ConfigFile | undefined): StartError {
  const names = Object.keys(file?.profiles ?? {});
  const listed = names.length > 0 ? `these profiles: ${names.map(inOneLine).join(', ')}` : 'no profiles';
  const existing = file ? `The configuration file ${file.path} has ${listed}.` : 'There is no configuration file.';
  const near = didYouMean(name, names, inOneLine);
  const question = near === '' ? '' : `${near.charAt(0).toUpperCase()}${near.slice(1)} `;
  return new StartError(`there is no profile ${goQuote(name)}`, `${question}${existing} A profile is a table [profiles.NAME].\n`);
}

/** System errors that mean that there is no file. */
const NO_FILE = new Set(['ENOENT', 'ENOTDIR']);

/** A file that cannot be read or is not TOML, so that nothing is known about its contents. */
class UnreadableError extends StartError {
  readonly code: string | undefined;
  constructor(message: string, code?: string, usage = CONTENT) {
    super(message, usage);
    this.name = 'UnreadableError';
    this.code = code;
  }
}

/** The path of the user's own file by the XDG rules or Windows conventions; undefined if the environment defines none. */
export function userFile(env: IO['env']): string | undefined {
  if (env.XDG_CONFIG_HOME?.startsWith('/')) return `${env.XDG_CONFIG_HOME}/dmctl/config.toml`;
  if (env.HOME?.startsWith('/')) return `${env.HOME}/.config/dmctl/config.toml`;
  return env.APPDATA ? `${env.APPDATA}\\dmctl\\config.toml` : undefined;
}

async function parseFile(bytes: Buffer, path: string, known: readonly Setting[]): Promise<ConfigFile> {
  const text = decodeUtf8(bytes);
  // The recorded message of the original for a file with a byte order mark.
  if (text.startsWith('\ufeff'))
    throw new UnreadableError(
      "Near line 0 (last key parsed ''): bare keys cannot contain '\\ufeff'",
      undefined,
      'Save the file without a byte order mark.\n',
    );
  const { readToml } = await import('../text/toml.ts');
  let table: Record<string, unknown>;
  try {
    table = readToml(text);
  } catch (e) {
    throw new UnreadableError(`config file ${path}: ${(e as Error).message}`);
  }
  const unknown: string[] = [];
  const keys = fileSettings(known);
  const textsOf = (settings: Record<string, unknown>, prefix: string): FileSettings => settingsOf(settings, keys, path, prefix, unknown);
  const { profiles = {}, profile, ...rest } = lowerCased(table);
  if (!isTable(profiles)) throw new StartError(`config file ${path}: profiles must be tables, such as [profiles.prod]`, CONTENT);
  if (profile !== undefined && typeof profile !== 'string')
    throw new StartError(`config file ${path}: profile must be a string, the name of a profile`, CONTENT);
  const read = Object.entries(profiles).map(([name, settings]) => {
    if (!isTable(settings)) throw new StartError(`config file ${path}: profiles.${name} must be a table: [profiles.${name}]`, CONTENT);
    return [name, textsOf(settings, `profiles.${name}.`)] as const;
  });
  return { path, settings: textsOf(rest, ''), profiles: Object.fromEntries(read), profile, unknown };
}

/** Keys are case-insensitive, as in the original. */
function lowerCased(table: Record<string, unknown>): Record<string, unknown> {
  const known = ['profiles', 'profile'];
  return Object.fromEntries(Object.entries(table).map(([k, v]) => [known.includes(k.toLowerCase()) ? k.toLowerCase() : k, v]));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a table's settings. Adds unknown keys to `unknown`. Throws StartError for a value of the wrong type. */
function settingsOf(
  table: Record<string, unknown>,
  keys: readonly Setting[],
  path: string,
  prefix: string,
  unknown: string[],
): FileSettings {
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(table)) {
    const setting = keys.find((s) => s.name === key.toLowerCase());
    const where = `config file ${path}: ${prefix}${key}`;
    if (!setting) unknown.push(prefix + key);
    else if (setting.kind === 'switch') {
      if (typeof value !== 'boolean') throw new StartError(`${where} must be true or false`);
      settings[setting.name] = String(value);
    } else if (setting.list) {
      const isList = Array.isArray(value) && value.every((v) => typeof v === 'string');
      if (!isList) throw new StartError(`${where} must be a list of strings, such as ${key} = ["a", "b"]`);
      settings[setting.name] = value.join(',');
    } else if (typeof value === 'string') settings[setting.name] = value;
    else throw new StartError(`${where} must be a string, such as ${key} = ${example(setting, value)}`);
  }
  return settings;
}

/** How the value must be written, with the intended value if it is known. */
function example(setting: Setting, value: unknown): string {
  if (setting.unit && typeof value === 'number') return goQuote(`${value}${setting.unit}`);
  return goQuote(setting.example ?? (setting.default || '…'));
}
