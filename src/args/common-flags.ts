// The flags that every command takes, on a command line and in the shell. They come from the table of settings.

import type { FlagSpec } from '../command/flags.ts';
import { lineFlags } from '../config/setting-lists.ts';
import { SETTINGS } from '../config/settings.ts';

export const COMMON_FLAGS: readonly FlagSpec[] = lineFlags(SETTINGS);

/** The same beside the flags of a command. A letter that the command has itself belongs to the command. */
export function commonFlagsBeside(flags: readonly FlagSpec[]): readonly FlagSpec[] {
  const taken = new Set(flags.map((f) => f.short));
  return COMMON_FLAGS.map((flag) => (flag.short && taken.has(flag.short) ? withoutLetter(flag) : flag));
}

const withoutLetter = ({ short: _, ...long }: FlagSpec): FlagSpec => long;
