// The flags that every command takes, on a command line and in a line of the shell.

import type { CommonFlagValues, FlagSpec, FlagValues } from './flags.ts';
import { COLOR_MODES, FORMATS, JSONPATH } from './output-format.ts';

/** Ours, and taken by every command, on a command line and in a line of the shell; the letters before a command only. */
export const COMMON_FLAGS = [
  {
    name: 'output',
    short: 'o',
    kind: 'string',
    usage: `the form of the answer: ${FORMATS.join(', ')} or jsonpath=EXPRESSION; auto is as the original prints it`,
    values: { oneOf: [...FORMATS, JSONPATH] },
    extension: true,
  },
  {
    name: 'query',
    kind: 'string',
    usage: 'take from the answer what a JSONPath finds, as in $.workers[*].worker',
    values: 'none',
    extension: true,
  },
  {
    name: 'timeout',
    kind: 'string',
    usage: 'how long the whole command may take, such as 30s; then it ends with status 3',
    values: 'none',
    extension: true,
  },
  { name: 'quiet', kind: 'bool', usage: 'no warnings, hints or progress on standard error; errors only', extension: true },
  { name: 'color', kind: 'string', usage: 'colors: auto, always or never', values: { oneOf: COLOR_MODES }, extension: true },
  {
    name: 'pager',
    kind: 'string',
    usage: 'the pager for answers longer than the screen, such as "less -FRX"; off for none',
    values: 'none',
    extension: true,
  },
  { name: 'yes', kind: 'bool', usage: 'ask nothing before harmful commands', extension: true },
] as const satisfies readonly FlagSpec[];

/** The same after a command, where letters belong to the original. */
export const LONG_COMMON_FLAGS: readonly FlagSpec[] = COMMON_FLAGS.map((flag: FlagSpec) => {
  const { short: _, ...long } = flag;
  return long;
});

/** Whether the declarations and the values of ParsedArgs.common agree: a mistake does not compile. */
export type CommonFlagsAgree = FlagValues<typeof COMMON_FLAGS> extends CommonFlagValues ? true : never;
