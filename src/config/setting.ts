// What a setting is. settings.ts declares them all; setting-lists.ts makes flags, `set` and help of them.

import type { RunOptions } from '../command/run-options.ts';
import type { ValueKind } from '../command/spec.ts';

/** A setting whose value is a T. */
export interface Setting<T = unknown> {
  /** Its flag, its key in the configuration file, and its name in `set` and `config show`. */
  readonly name: string;
  /** A switch is a flag without a value, and true or false in the file. */
  readonly kind: 'text' | 'switch';
  /** What it is, in a line: for the help topics and the man page. */
  readonly summary: string;
  /** Reads a text from wherever it was given. Throws Error that says what is wrong. */
  parse(text: string): T;
  /** The text where nobody gives one; empty for none. */
  readonly default: string;
  /** Its flag: of the program, and with `everyLine` of every command. */
  readonly flag: SettingFlag;
  /** What its values are, for completion. */
  readonly values: ValueKind;
  /** The options of a run that a value stands for; a setting without them is read with `Settings.get`. */
  options?(value: T): Partial<RunOptions>;
  /** The environment variable that gives it. */
  readonly env?: string;
  /** Whether `set` can change it while a session lasts. */
  readonly settable?: boolean;
  /** It belongs to one run or one line: no key of the file, and no row of `config show`. */
  readonly flagOnly?: boolean;
  /** What its flag says about another setting: -yes is -confirm=false. */
  readonly implies?: { readonly setting: string; readonly text: string };
  /** Where no flag gives it, it counts only for a standard output that is a terminal. */
  readonly terminalOnly?: boolean;
  /** An empty text of its flag is a value, and not as if the flag were left out. */
  readonly emptyCounts?: boolean;
  /** Refuses a text that no master can be called with. Throws StartError. */
  checkForCalls?(text: string): void;
  /** Whether a change by `set` removes a protection, so that somebody must agree. */
  unprotects?(from: RunOptions, to: RunOptions): boolean;
  /** How to fix a text that cannot be used, as a line. */
  readonly fix?: string;
  /** A value as it is written in the file; the default where it is left out. */
  readonly example?: string;
  /** The unit that is meant where the file has a bare number. */
  readonly unit?: string;
  /** What `config show` says where nothing is set. */
  readonly unset?: string;
}

export interface SettingFlag {
  /** In the style of Go's flag package. */
  readonly usage: string;
  readonly short?: string;
  /** It is a flag of the original. */
  readonly original?: boolean;
  /** Every command takes it, too, on a command line and in a line of the prompt. */
  readonly everyLine?: boolean;
}

/** Declares a setting, and keeps its name, its default and the type of its value for the compiler. */
export function setting<const Name extends string, const Default extends string, T>(
  spec: Setting<T> & { readonly name: Name; readonly default: Default },
): Setting<T> & { readonly name: Name; readonly default: Default } {
  return spec;
}

/** The options of a setting that goes into one of them. */
export function into<Key extends keyof RunOptions>(key: Key): (value: RunOptions[Key]) => Pick<RunOptions, Key> {
  return (value) => ({ [key]: value }) as Pick<RunOptions, Key>;
}

/** The options with what a text says about a setting. Throws Error where the text cannot be used. */
export function withSetting(options: RunOptions, setting: Setting, text: string): RunOptions {
  const value = setting.parse(text);
  return { ...options, ...setting.options?.(value) };
}

/** Reads a switch. Throws Error. */
export function parseSwitch(text: string): boolean {
  if (['on', 'true', 'yes', '1'].includes(text)) return true;
  if (['off', 'false', 'no', '0'].includes(text)) return false;
  throw new Error(`${JSON.stringify(text)} is neither on nor off`);
}
