// Flags as a command declares them, and the typed values that a line gives to them.

import type { ValueKind } from './spec.ts';

export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  /** Also accepted with one dash before the long name, anywhere in a line. */
  readonly oneDash?: boolean;
  readonly kind: 'string' | 'bool' | 'strings' | 'int';
  /** As in pflag: the first name between backquotes is shown as the kind of the value. */
  readonly usage: string;
  /** What the value names, for completion and prompts. */
  readonly values?: ValueKind;
  /** The value if the flag is not given. Without it: false, '', [] or 0. */
  readonly default?: string | boolean | number;
  /** It belongs to the group of the command, such as `binlog`, and may stand before the sub command. */
  readonly ofGroup?: boolean;
  /** The first release that has it; undefined for all of its generation. */
  readonly since?: string;
  /** For a list: an empty text gives no item, and empty items count. */
  readonly emptyItems?: boolean;
  /** It works, but no help lists it. */
  readonly hidden?: boolean;
  /** Our addition, not a flag of the original: long form only, in its own block in every help text. */
  readonly extension?: boolean;
  /** It selects what is shown, so commands that change the cluster reject it. */
  readonly forReading?: boolean;
}

/** The key of a flag in the parsed values: `remove-meta` becomes `removeMeta`. */
export type FlagKey<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<FlagKey<Tail>>}` : Name;

type ValueOf<Kind> = Kind extends 'bool' ? boolean : Kind extends 'strings' ? readonly string[] : Kind extends 'int' ? number : string;

/** The values of declared flags by key. A flag that was not given has its default. */
export type FlagValues<Flags extends readonly FlagSpec[]> = {
  readonly [Flag in Flags[number] as FlagKey<Flag['name']>]: ValueOf<Flag['kind']>;
};

export type FlagValue = string | boolean | number | readonly string[];

/** The parsed arguments of a command. */
export interface ParsedArgs<Values = Readonly<Record<string, FlagValue | undefined>>> {
  readonly args: readonly string[];
  /** The values of the dialect's target selector: for DM 1.0 the workers of -w, in order. */
  readonly targets: readonly string[];
  /** The command's own flags. */
  readonly flags: Values;
  /** The names of the flags of the command that were given. */
  readonly given: ReadonlySet<string>;
  /** The texts of the flags that every command takes, by name. Flags that were not given are absent. */
  readonly common: ReadonlyMap<string, string>;
}

/** The key of a flag in the parsed values. */
export function flagKey(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The parsed form of a line with only these arguments and targets. */
export function bareArgs(args: readonly string[], targets: readonly string[] = []): ParsedArgs {
  return { args, targets, flags: {}, given: new Set(), common: new Map() };
}
