// Where a run gets its settings from: flags, then the environment, then a profile, then the file, then defaults. A
// profile that a flag names is as good as the flags that it stands for: it comes before the environment.

import { StartError } from '../command/errors.ts';
import { isHumanReadable, parseColor, parseFormat } from '../command/output-format.ts';
import { DEFAULT_RUN_OPTIONS, parseProtocol, type RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import { writeSafe } from '../io/write-safe.ts';
import { checkAddress } from '../text/address.ts';
import { parseDuration } from '../text/duration.ts';
import { goQuote } from '../text/quote.ts';
import { parseSize } from '../text/size.ts';
import { type ConfigFile, readConfigFile, readUserFile, type UnreadableFile } from './file.ts';
import {
  type HistoryMode,
  type Origin,
  originText,
  parseHistory,
  SETTINGS,
  type SettingName,
  type SettingSpec,
  type Value,
} from './settings.ts';

export interface Settings {
  /** The master's address, host:port. */
  readonly address: string;
  readonly strict: boolean;
  /** Whether harmful commands are asked about: always, never, or undefined where the way in decides. */
  readonly confirm: boolean | undefined;
  /** Everything else that a run goes by. */
  readonly options: RunOptions;
  /** What the prompt keeps of the lines that are typed. */
  readonly history: HistoryMode;
  /** The name of the profile in use; empty for none. */
  readonly profile: Value;
  /** The address that the profile stands for: its own, or that of this run where it has none. */
  readonly profileAddress: string;
  /** Every setting with where it came from. */
  readonly values: ReadonlyMap<SettingName, Value>;
}

/** What of the world the settings come from. */
export type SettingsIO = Pick<IO, 'env' | 'readFile' | 'stderr' | 'stdout'>;

/**
 * The shell asks before harm and repeats reads; elsewhere the original's ways hold, unless they were turned.
 * @param canAsk whether somebody can be asked: then that is done before a command goes to every task that is found
 */
export function optionsFrom({ options, confirm }: Settings, interactive: boolean, canAsk = interactive): RunOptions {
  return {
    ...options,
    confirmImpact: confirm ?? interactive,
    yes: confirm === false,
    asksMany: confirm ?? canAsk,
    retryReads: interactive,
  };
}

const FIX_FILE = 'Fix the file, or give another one with -config FILE.\n';
const ADDRESS = 'The address of a DM-master is host:port, such as 127.0.0.1:8261 or [::1]:8261.\n';
const HELP: Partial<Record<SettingName, string>> = {
  'rpc-timeout': 'A time-out is a number and a unit, such as 10m, 1h30m or 500ms, and above zero.\n',
  timeout: 'A time-out is a number and a unit, such as 10m, 1h30m or 500ms, and above zero.\n',
  'max-answer': 'A size is a number and B, KiB, MiB or GiB, such as 64MiB.\n',
  history: 'What the prompt keeps of the lines typed is all, redacted or none.\n',
};

/** The settings of this run. Warns of keys that mean nothing. Throws StartError; without a master none is wanted. */
export async function resolveSettings(flags: ReadonlyMap<string, string>, io: SettingsIO, wantsMaster = true): Promise<Settings> {
  const path = flags.get('config');
  const own = path ? await readConfigFile(io, path) : await readUserFile(io);
  const unreadable = own && 'trouble' in own ? own : undefined;
  const file = own && 'trouble' in own ? undefined : own;
  for (const key of file?.unknown ?? [])
    await writeSafe(io.stderr, `warning: config file ${file?.path}: the key ${goQuote(key)} is not known and is ignored\n`);
  const profile = profileOf(flags, io.env, file, unreadable);
  const values = new Map<SettingName, Value>();
  for (const spec of SETTINGS) {
    const value = settingOf(spec, flags, io.env, file, profile);
    if (spec.name === 'master-addr' && wantsMaster) checkMaster(value.text); // the original looks at it first
    values.set(spec.name, value);
  }
  const readOnlyReason = unreadable && (await keepReadOnly(unreadable, values, io));
  const text = (name: SettingName): string => values.get(name)?.text ?? '';
  return {
    address: text('master-addr'),
    strict: text('strict') === 'true',
    confirm: text('confirm') === '' ? undefined : text('confirm') === 'true',
    options: { ...resolveOptions(values, text, flags, io), readOnlyReason },
    history: parseHistory(text('history')),
    profile,
    profileAddress: file?.profiles[profile.text]?.['master-addr'] ?? text('master-addr'),
    values,
  };
}

/**
 * A file that cannot be read may say read-only: so it counts as if it did, unless a flag says what is meant. Warns.
 * @returns why commands that change the cluster are refused; undefined where a flag decided
 */
async function keepReadOnly(
  { path, trouble }: UnreadableFile,
  values: Map<SettingName, Value>,
  { stderr }: SettingsIO,
): Promise<string | undefined> {
  const decided = values.get('read-only')?.origin.from === 'flag';
  const refuses = decided ? '' : '; commands that change the cluster are refused';
  await stderr.write(`warning: ${trouble}; its settings are not known and not used${refuses}\n`);
  if (decided) return undefined;
  values.set('read-only', found('true', { from: 'file', name: `${path}, which cannot be read` }));
  const fix = 'Fix the file, or decide with -config FILE, -read-only or -read-only=false.';
  return `it is not known whether this is read-only: ${trouble}; nothing was sent. ${fix}`;
}

/** The settings as rows: name, value, and where it came from. */
export function settingRows({ profile, values }: Settings): { name: string; value: string; from: string }[] {
  const rows = [['profile', profile] as const, ...values].map(([name, { text, origin }]) => ({
    name,
    value: text,
    from: originText(origin),
  }));
  return rows.map((row) => (row.name === 'confirm' && row.value === '' ? { ...row, value: 'at the prompt' } : row));
}

function resolveOptions(
  values: Settings['values'],
  text: (name: SettingName) => string,
  flags: ReadonlyMap<string, string>,
  io: SettingsIO,
): RunOptions {
  const asked = parseFormat(text('output'));
  const query = flags.get('query') ?? '';
  // A form that the file chooses is for people: what goes into a pipe stays as the original has it.
  const form =
    values.get('output')?.origin.from === 'flag' || asked.kind === 'auto' || io.stdout.isTTY ? asked : DEFAULT_RUN_OPTIONS.format;
  if (query !== '' && (form.kind === 'jsonpath' || isHumanReadable(form)))
    throw new StartError(`-query goes with -output json, jsonl or yaml, not with ${form.kind}`, "Run 'dmctl -help' for the flags.\n");
  const limit = text('timeout');
  return {
    ...DEFAULT_RUN_OPTIONS,
    protocol: parseProtocol(text('protocol')),
    rpcTimeoutMs: parseDuration(text('rpc-timeout')),
    maxAnswerBytes: parseSize(text('max-answer')),
    readOnly: text('read-only') === 'true',
    format: form,
    query,
    color: parseColor(text('color')),
    pager: text('pager') || undefined,
    quiet: text('quiet') === 'true',
    commandTimeoutMs: limit === '' ? undefined : parseDuration(limit),
  };
}

/** Which profile is in use. Throws StartError for one that the file does not have. */
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
    if (unreadable) throw new StartError(`the profile ${goQuote(chosen.text)} is not known: ${unreadable.trouble}`, FIX_FILE);
    const names = Object.keys(file?.profiles ?? {});
    const known = names.length > 0 ? `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.` : 'There are none.';
    const place = file ? `the file ${file.path}` : 'a configuration file, and there is no such file';
    throw new StartError(`there is no profile ${goQuote(chosen.text)}`, `Profiles are tables [profiles.NAME] of ${place}. ${known}\n`);
  }
  return chosen;
}

/** The first place that says something. Throws StartError where it cannot be used. */
function settingOf(
  spec: SettingSpec & { name: SettingName },
  flags: ReadonlyMap<string, string>,
  env: IO['env'],
  file: ConfigFile | undefined,
  profile: Value,
): Value {
  const { name } = spec;
  const given = name === 'confirm' && flags.get('yes') === 'true' ? 'false' : flags.get(name);
  const inEnv = spec.env ? env[spec.env] : undefined;
  const inProfile = profile.text === '' ? undefined : file?.profiles[profile.text]?.[name];
  const fromProfile = inProfile === undefined ? [] : [found(inProfile, { from: 'profile', name: profile.text })];
  const fromEnv = inEnv ? [found(inEnv, { from: 'environment', name: spec.env as string })] : [];
  const places: Value[] = [
    // An address that was given is used even when it is empty, so that a script's empty variable does not reach another master.
    ...(given !== undefined && (given !== '' || name === 'master-addr') ? [found(given, { from: 'flag' })] : []),
    ...(profile.origin.from === 'flag' ? [...fromProfile, ...fromEnv] : [...fromEnv, ...fromProfile]),
    ...(file?.settings[name] ? [found(file.settings[name], { from: 'file', name: file.path })] : []),
    found(spec.fallback, { from: 'default' }),
  ];
  const value = places[0] as Value;
  if (value.text !== '') check(spec, value, file);
  return value;
}

const found = (text: string, origin: Origin): Value => ({ text, origin });

function check(spec: SettingSpec & { name: SettingName }, { text, origin }: Value, file: ConfigFile | undefined): void {
  try {
    spec.check?.(text);
  } catch (e) {
    const inFile =
      origin.from === 'profile'
        ? `config file ${file?.path}: profiles.${origin.name}.${spec.name}: `
        : `config file ${file?.path}: ${spec.name}: `;
    const where = origin.from === 'profile' || origin.from === 'file' ? inFile : '';
    throw new StartError(`${where}${(e as Error).message}`, HELP[spec.name] ?? "Run 'dmctl -help' for the flags.\n");
  }
}

/** Refuses none, and one that can never be called. Throws StartError. */
function checkMaster(address: string): void {
  if (address === '') throw new MissingAddress();
  try {
    checkAddress(address);
  } catch (e) {
    throw new StartError(`specify master addr ${address}: ${(e as Error).message}`, ADDRESS);
  }
}

/** No address was given anywhere. */
export class MissingAddress extends StartError {
  constructor() {
    super(
      '--master-addr not provided',
      'Give -master-addr host:port, set DM_MASTER_ADDR, or write master-addr in the file of -config; `dmctl -help` tells more.\n',
    );
    this.name = 'MissingAddress';
  }
}
