// In which form an answer is shown: -output and -query.

import type { FlagSpec } from '../command/spec.ts';

/** auto is what the original prints; the rest is asked for. */
const FORMATS = ['auto', 'json', 'jsonl', 'yaml', 'table', 'wide', 'name'] as const;

export type OutputFormat =
  | { readonly kind: (typeof FORMATS)[number] }
  /** What a JSONPath finds in the answer, a line each. */
  | { readonly kind: 'jsonpath'; readonly path: string };

export const AUTO_FORMAT: OutputFormat = { kind: 'auto' };

const JSONPATH = 'jsonpath=';

/** Reads a form. Throws Error that says which there are. */
export function parseFormat(text: string): OutputFormat {
  if (text.startsWith(JSONPATH)) return { kind: 'jsonpath', path: text.slice(JSONPATH.length) };
  const kind = FORMATS.find((name) => name === text);
  if (kind) return { kind };
  throw new Error(`invalid output ${text}: it is ${FORMATS.join(', ')} or jsonpath=EXPRESSION`);
}

/** The form as it is typed. */
export function formatText(form: OutputFormat): string {
  return form.kind === 'jsonpath' ? JSONPATH + form.path : form.kind;
}

/** Forms that are for people: rows, marks and words. */
export function isHumanReadable({ kind }: OutputFormat): boolean {
  return kind === 'table' || kind === 'wide' || kind === 'name';
}

const COLOR_MODES = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** Reads a choice of colors. Throws Error. */
export function parseColor(text: string): ColorMode {
  const choice = COLOR_MODES.find((c) => c === text);
  if (choice) return choice;
  throw new Error(`invalid color ${text}: it is ${COLOR_MODES.join(', ')}`);
}

/** Ours, and taken by every command, on a command line and in a line of the shell; the letters before a command only. */
export const COMMON_FLAGS: readonly FlagSpec[] = [
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
];

/** The same after a command, where letters belong to the original. */
export const LONG_COMMON_FLAGS: readonly FlagSpec[] = COMMON_FLAGS.map(({ short: _, ...flag }) => flag);
