// The type of a setting. settings.ts declares all settings; setting-lists.ts generates flags, `set` and help from them.

import type { RunOptions } from '../command/run-options.ts';
import type { ValueKind } from '../command/spec.ts';

/** A setting with values of type T. */
export interface Setting<T = unknown> {
  /** Its flag, its key in the configuration file, and its name in `set` and `config show`. */
  readonly name: string;
  /** A switch is a flag without a value, and true or false in the file. */
  readonly kind: 'text' | 'switch';
  /** A one-line description for the help topics and the man page. */
  readonly summary: string;
  /** Parses a text from any source. Throws Error that says what is wrong. */
  parse(text: string): T;
  /** The default as text; empty for none. */
  readonly default: string;
  /** Its flag: of the program and, with `everyLine`, of every command. */
  readonly flag: SettingFlag;
  /** The kind of its values, for completion. */
  readonly values: ValueKind;
  /** The run options that a value sets. A setting without them is read with `Settings.get`. */
  options?(value: T): Partial<RunOptions>;
  /** The environment variable that sets it. */
  readonly env?: string;
  /** Whether `set` can change it during a session. */
  readonly settable?: boolean;
  /** It applies to one run or one line: it is no key of the file and no row of `config show`. */
  readonly flagOnly?: boolean;
  /** What its flag implies for another setting: -yes implies -confirm=false. */
  readonly implies?: { readonly setting: string; readonly text: string };
  /** Unless a flag sets it, it applies only if standard output is a terminal. */
  readonly terminalOnly?: boolean;
  /** An empty text for its flag is a value, and not the same as no flag. */
  readonly emptyCounts?: boolean;
  /** Rejects an address that can never be called. Throws StartError. */
  checkForCalls?(text: string): void;
  /** Whether changing it with `set` removes a protection and so must be confirmed. */
  unprotects?(from: RunOptions, to: RunOptions): boolean;
  /** Whether a text that a flag gave at the start is about the cluster of the start only, and must not affect another one. */
  onlyForStart?(text: string): boolean;
  /** A line that says how to fix an invalid text. */
  readonly fix?: string;
  /** An example value for the file. The default if omitted. */
  readonly example?: string;
  /** In the file it is a list of strings. A flag separates them by commas. */
  readonly list?: boolean;
  /** The unit of a bare number in the file. */
  readonly unit?: string;
  /** What `config show` prints if it is not set. */
  readonly unset?: string;
}

export interface SettingFlag {
  /** In the style of Go's flag package. */
  readonly usage: string;
  readonly short?: string;
  /** It is a flag of the original. */
  readonly original?: boolean;
  /** Every command takes it too, on a command line and in the shell. */
  readonly everyLine?: boolean;
  /** Commands that change the cluster reject it. */
  readonly forReading?: boolean;
}

/** Declares a setting. Keeps its name, default and value type for the compiler. */
export function setting<const Name extends string, const Default extends string, T>(
  spec: Setting<T> & { readonly name: Name; readonly default: Default },
): Setting<T> & { readonly name: Name; readonly default: Default } {
  return spec;
}

/** The run options of a setting. */
export function into<Key extends keyof RunOptions>(key: Key): (value: RunOptions[Key]) => Pick<RunOptions, Key> {
  return (value) => ({ [key]: value }) as Pick<RunOptions, Key>;
}

/** The options after applying a text of a setting. Throws Error for an invalid text. */
export function withSetting(options: RunOptions, setting: Setting, text: string): RunOptions {
  const value = setting.parse(text);
  return { ...options, ...setting.options?.(value) };
}

/** The text of a value for people: a switch is true or false, in whatever form it was given. */
export function shownText({ kind, parse }: Setting, text: string): string {
  return kind === 'switch' && text !== '' ? String(parse(text)) : text;
}

/** Parses a switch. Throws Error. */
export function parseSwitch(text: string): boolean {
  if (['on', 'true', 'yes', '1'].includes(text)) return true;
  if (['off', 'false', 'no', '0'].includes(text)) return false;
  throw new Error(`${JSON.stringify(text)} is neither on nor off`);
}
