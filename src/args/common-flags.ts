// The flags that every command takes, on a command line and in the shell. They come from the table of settings.

import type { FlagSpec } from '../command/flags.ts';
import { lineFlags } from '../config/setting-lists.ts';
import { SETTINGS } from '../config/settings.ts';

/** Ours; the letters before a command only. */
export const COMMON_FLAGS: readonly FlagSpec[] = lineFlags(SETTINGS);

/** The same after a command, where letters belong to the original. */
export const LONG_COMMON_FLAGS: readonly FlagSpec[] = COMMON_FLAGS.map(({ short: _, ...long }) => long);
