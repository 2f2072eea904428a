// Resolves the settings of a run: flags, then environment, profile, file, defaults. A profile
// that a flag names counts like flags: it comes before the environment.

import { NOT_SENT, StartError } from '../command/errors.ts';
import { conflictIn, DEFAULT_RUN_OPTIONS, type RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import { writeMessage } from '../io/write-safe.ts';
import { goQuote } from '../text/quote.ts';
import { type ConfigFile, type FileSettings, readConfigFile, readUserFile, type UnreadableFile, unknownProfile } from './file.ts';
import { type Origin, originText, type Value } from './origin.ts';
import { type Setting, shownText, withSetting } from './setting.ts';
import { fileSettings } from './setting-lists.ts';
import { SETTINGS, type SettingName, type SettingValue } from './settings.ts';

export interface Settings {
  /** The master's address, host:port; empty for none. */
  readonly address: string;
  /** The options of a run, except those that optionsFrom adds. */
  readonly options: RunOptions;
  /** The name of the profile in use; empty for none. */
  readonly profile: Value;
  /** The address of the profile: its own, or this run's if it has none. Undefined if another source decides about its TLS. */
  readonly profileAddress: string | undefined;
  /** The rows of `config show`: every setting with its text and where it came from. */
  readonly rows: readonly SettingRow[];
  /** The value of a setting; undefined if it is not set and has no default. */
  get<Name extends SettingName>(name: Name): SettingValue<Name>;
}

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** The inputs of the settings. */
export type SettingsIO = Pick<IO, 'env' | 'readFile' | 'stderr' | 'stdout'>;

/**
 * The shell confirms dangerous commands and retries reads. Elsewhere the original's defaults apply unless they are set.
 * @param canAsk whether a user can answer: then commands for all matching tasks are confirmed
 */
export function optionsFrom({ options, get }: Settings, interactive: boolean, canAsk = interactive): RunOptions {
  const confirm = get('confirm');
  return {
    ...options,
    confirmImpact: confirm ?? interactive,
    yes: confirm === false,
    asksMany: confirm ?? canAsk,
    retryReads: interactive,
  };
}

const FIX_FILE = 'Fix the file, or use another one with -config FILE.\n';
const SEE_FLAGS = "Run 'dmctl -help' for the flags.\n";

/** The settings of this run. Warns about unknown keys. Throws StartError. A master is not required here. */
export async function resolveSettings(
  flags: ReadonlyMap<string, string>,
  io: SettingsIO,
  wantsMaster = true,
  settings: readonly Setting[] = SETTINGS,
): Promise<Settings> {
  const path = flags.get('config');
  const own = path ? await readConfigFile(io, path, settings) : await readUserFile(io, settings);
  const unreadable = own && 'trouble' in own ? own : undefined;
  const file = own && 'trouble' in own ? undefined : own;
  for (const key of file?.unknown ?? [])
    await writeMessage(io.stderr, `warning: config file ${file?.path}: the unknown key ${goQuote(key)} is ignored\n`);
  const profile = profileOf(flags, io.env, file, unreadable);
  const values = new Map<string, Value>();
  for (const setting of settings) {
    const value = settingValue(setting, textOfFlag(setting, flags, settings), io.env, file, profile);
    if (wantsMaster) setting.checkForCalls?.(value.text);
    values.set(setting.name, value);
  }
  const readOnlyReason = unreadable && (await keepReadOnly(unreadable, values, io));
  const address = values.get('master-addr')?.text ?? '';
  return {
    address,
    options: { ...resolveOptions(settings, values, io), readOnlyReason },
    profile,
    profileAddress: addressOfProfile(file?.profiles[profile.text] ?? {}, values),
    rows: rowsOf(settings, profile, values),
    get: <Name extends SettingName>(name: Name) => {
      const text = values.get(name)?.text ?? '';
      return (text === '' ? undefined : settings.find((s) => s.name === name)?.parse(text)) as SettingValue<Name>;
    },
  };
}

function addressOfProfile(own: FileSettings, values: ReadonlyMap<string, Value>): string | undefined {
  const overridden = TLS_SETTINGS.some((name) => own[name] !== undefined && own[name] !== values.get(name)?.text);
  return overridden ? undefined : (own['master-addr'] ?? values.get('master-addr')?.text ?? '');
}

/** The settings that decide which master a TLS connection accepts. */
const TLS_SETTINGS = ['ssl-ca', 'ssl-cert', 'ssl-key', 'cert-allowed-cn'] as const satisfies readonly SettingName[];

/**
 * A file that cannot be read may contain read-only, so read-only applies unless a flag decides. Warns.
 * @returns why commands that change the cluster are rejected; undefined if a flag decided
 */
async function keepReadOnly(
  { path, trouble }: UnreadableFile,
  values: Map<string, Value>,
  { stderr }: SettingsIO,
): Promise<string | undefined> {
  const decided = values.get('read-only')?.origin.from === 'flag';
  const refuses = decided ? '' : ', and commands that change the cluster are rejected';
  await writeMessage(stderr, `warning: ${trouble}. The settings of this file are ignored${refuses}\n`);
  if (decided) return undefined;
  values.set('read-only', found('true', { from: 'file', name: `${path}, which cannot be read` }));
  const fix = 'Fix the file, or use -config FILE, -read-only or -read-only=false';
  return `a file that cannot be read may set read-only: ${trouble}. ${NOT_SENT}. ${fix}`;
}

function rowsOf(settings: readonly Setting[], profile: Value, values: ReadonlyMap<string, Value>): SettingRow[] {
  const row = (name: string, { text, origin }: Value, unset = ''): SettingRow => ({ name, value: text || unset, from: originText(origin) });
  const rows = fileSettings(settings).map((s) => {
    const { text, origin } = values.get(s.name) as Value;
    return row(s.name, { text: shownText(s, text), origin }, s.unset);
  });
  return [row('profile', profile), ...rows];
}

/** Throws StartError for settings that contradict each other. */
function resolveOptions(settings: readonly Setting[], values: ReadonlyMap<string, Value>, { stdout }: SettingsIO): RunOptions {
  let options = DEFAULT_RUN_OPTIONS;
  for (const setting of settings) {
    const { text, origin } = values.get(setting.name) as Value;
    const counts = !setting.terminalOnly || origin.from === 'flag' || stdout.isTTY;
    if (text !== '' && counts) options = withSetting(options, setting, text);
  }
  const conflict = conflictIn(options, '-');
  if (conflict !== undefined) throw new StartError(conflict, SEE_FLAGS);
  return options;
}

/** The profile in use. Throws StartError for one that the file does not contain. */
function profileOf(
  flags: ReadonlyMap<string, string>,
  env: IO['env'],
  file: ConfigFile | undefined,
  unreadable: UnreadableFile | undefined,
): Value {
  const chosen: Value = flags.get('profile')
    ? { text: flags.get('profile') as string, origin: { from: 'flag' } }
    : env.DMCTL_PROFILE
      ? { text: env.DMCTL_PROFILE, origin: { from: 'environment', name: 'DMCTL_PROFILE' } }
      : file?.profile
        ? { text: file.profile, origin: { from: 'file', name: file.path } }
        : { text: '', origin: { from: 'default' } };
  if (chosen.text !== '' && !(file && Object.hasOwn(file.profiles, chosen.text))) {
    if (unreadable) throw new StartError(`cannot look up the profile ${goQuote(chosen.text)}: ${unreadable.trouble}`, FIX_FILE);
    throw unknownProfile(chosen.text, file);
  }
  return chosen;
}

/** The value that the flags give to a setting, directly or implied. */
function textOfFlag({ name }: Setting, flags: ReadonlyMap<string, string>, settings: readonly Setting[]): string | undefined {
  const implying = settings.find((s) => s.implies?.setting === name && flags.get(s.name) === 'true');
  return implying?.implies?.text ?? flags.get(name);
}

/** The first source that has a value. Throws StartError if it is invalid. */
export function settingValue(
  setting: Setting,
  given: string | undefined,
  env: IO['env'],
  file: ConfigFile | undefined,
  profile: Value,
): Value {
  const { name } = setting;
  const inEnv = setting.env ? env[setting.env] : undefined;
  const inProfile = profile.text === '' ? undefined : file?.profiles[profile.text]?.[name];
  const fromProfile = inProfile === undefined ? [] : [found(inProfile, { from: 'profile', name: profile.text })];
  const fromEnv = inEnv ? [found(inEnv, { from: 'environment', name: setting.env as string })] : [];
  const places: Value[] = [
    ...(given !== undefined && (given !== '' || setting.emptyCounts) ? [found(given, { from: 'flag' })] : []),
    ...(profile.origin.from === 'flag' ? [...fromProfile, ...fromEnv] : [...fromEnv, ...fromProfile]),
    ...(file?.settings[name] ? [found(file.settings[name], { from: 'file', name: file.path })] : []),
    found(setting.default, { from: 'default' }),
  ];
  const value = places[0] as Value;
  if (value.text !== '') check(setting, value, file);
  return value;
}

const found = (text: string, origin: Origin): Value => ({ text, origin });

function check(setting: Setting, { text, origin }: Value, file: ConfigFile | undefined): void {
  try {
    setting.parse(text);
  } catch (e) {
    const key = origin.from === 'profile' ? `profiles.${origin.name}.${setting.name}` : setting.name;
    const where = origin.from === 'profile' || origin.from === 'file' ? `config file ${file?.path}: ${key}: ` : '';
    throw new StartError(`${where}${(e as Error).message}`, setting.fix ?? SEE_FLAGS);
  }
}
