// Where a run gets its settings from: flags over the environment over the file of -config over defaults.

import { StartError, UsageError } from '../core/errors.ts';
import type { IO } from '../core/io.ts';
import { lineManners, type Manners, PLAIN_MANNERS } from '../core/manners.ts';
import { splitHostPort } from '../text/address.ts';
import { parseDuration } from '../text/duration.ts';
import { goQuote } from '../text/quote.ts';
import { readConfigFile } from './config-file.ts';

export interface Settings {
  /** The master's address, host:port. */
  readonly address: string;
  readonly strict: boolean;
  /** Whether harmful commands are asked about: always, never, or undefined where the way in decides. */
  readonly confirm: boolean | undefined;
  /** Everything else that a run goes by. */
  readonly manners: Manners;
  /** What the prompt keeps of the lines that are typed. */
  readonly history: 'all' | 'redacted' | 'none';
}

/** What of the world the settings come from. */
export type SettingsIO = Pick<IO, 'env' | 'readFile' | 'stderr'>;

/** The shell asks before harm and repeats reads; elsewhere the original's ways hold, unless they were turned. */
export function mannersOf({ manners, confirm }: Settings, interactive: boolean): Manners {
  return { ...manners, asks: confirm ?? interactive, repeatsReads: interactive };
}

const DEFAULT_TIMEOUT = '10m';
const ADDRESS = 'The address of a DM-master is host:port, such as 127.0.0.1:8261 or [::1]:8261.\n';
const HISTORY = 'What the prompt keeps of the lines typed is all, redacted or none.\n';
const DURATION = 'A time-out is a number and a unit, such as 10m, 1h30m or 500ms, and above zero.\n';

/** The settings of this run. Warns of keys that mean nothing. Throws StartError; without a master none is wanted. */
export async function resolveSettings(flags: ReadonlyMap<string, string>, io: SettingsIO, wantsMaster = true): Promise<Settings> {
  const path = flags.get('config');
  const file = path ? await readConfigFile(io, path) : { settings: {}, unknown: [] };
  for (const key of file.unknown)
    await io.stderr.write(`warning: config file ${path}: the key ${goQuote(key)} is not known and is ignored\n`);
  const address = flags.get('master-addr') ?? (io.env.DM_MASTER_ADDR || file.settings['master-addr']) ?? '';
  if (wantsMaster) checkAddress(address);
  const timeout = flags.get('rpc-timeout') || file.settings['rpc-timeout'] || DEFAULT_TIMEOUT;
  const on = (flag: string): boolean => flags.get(flag) === 'true';
  return {
    address,
    strict: on('strict'),
    confirm: on('yes') || file.settings.confirm === false ? false : on('confirm') || undefined,
    manners: {
      ...shownBy(flags),
      timeoutMs: durationOf(timeout),
      readOnly: on('read-only') || file.settings['read-only'] === true,
    },
    history: historyOf(flags.get('history')),
  };
}

/** What the flags that every line takes say. */
function shownBy(flags: ReadonlyMap<string, string>): Manners {
  try {
    return lineManners(
      { args: [], workers: [], text: (flag) => flags.get(flag) ?? '', on: (flag) => flags.get(flag) === 'true' },
      PLAIN_MANNERS,
    );
  } catch (e) {
    if (e instanceof UsageError) throw new StartError(e.message, "Run 'dmctl -help' for the flags.\n");
    throw e;
  }
}

function historyOf(mode = 'redacted'): Settings['history'] {
  if (mode === 'all' || mode === 'redacted' || mode === 'none') return mode;
  throw new StartError(`invalid history: ${mode}`, HISTORY);
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (e) {
    throw new StartError((e as Error).message, DURATION);
  }
}

/** Refuses what can never be called; a port that is left out is found with the first call, as in the original. */
function checkAddress(address: string): void {
  if (address === '') throw new MissingAddress();
  let port: string;
  try {
    port = splitHostPort(address).port;
  } catch (e) {
    throw new StartError(`specify master addr ${address}: ${(e as Error).message}`, ADDRESS);
  }
  if (port !== '' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
    throw new StartError(`specify master addr ${address}: address ${address}: the port must be a number from 1 to 65535`, ADDRESS);
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
