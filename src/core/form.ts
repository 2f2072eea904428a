// In which form an answer is shown: -output and -query.

import type { FlagSpec } from './spec.ts';

/** auto is what the original prints; the rest is asked for. */
const PLAIN = ['auto', 'json', 'jsonl', 'yaml', 'table', 'wide', 'name'] as const;

export type Form =
  | { readonly kind: (typeof PLAIN)[number] }
  /** What a JSONPath finds in the answer, a line each. */
  | { readonly kind: 'jsonpath'; readonly path: string };

export const AUTO: Form = { kind: 'auto' };

const JSONPATH = 'jsonpath=';

/** Reads a form. Throws Error that says which there are. */
export function parseForm(text: string): Form {
  if (text.startsWith(JSONPATH)) return { kind: 'jsonpath', path: text.slice(JSONPATH.length) };
  const kind = PLAIN.find((name) => name === text);
  if (kind) return { kind };
  throw new Error(`invalid output ${text}: it is ${PLAIN.join(', ')} or jsonpath=EXPRESSION`);
}

/** The form as it is typed. */
export function formText(form: Form): string {
  return form.kind === 'jsonpath' ? JSONPATH + form.path : form.kind;
}

/** Forms that are for people: rows, marks and words. */
export function isView({ kind }: Form): boolean {
  return kind === 'table' || kind === 'wide' || kind === 'name';
}

const COLOURS = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOURS)[number];

/** Reads a choice of colours. Throws Error. */
export function parseColour(text: string): ColourChoice {
  const choice = COLOURS.find((c) => c === text);
  if (choice) return choice;
  throw new Error(`invalid color ${text}: it is ${COLOURS.join(', ')}`);
}

/** Ours, and taken by every command, on a command line and in a line of the shell; the letters before a command only. */
export const LINE_FLAGS: readonly FlagSpec[] = [
  {
    name: 'output',
    short: 'o',
    kind: 'string',
    usage: `the form of the answer: ${PLAIN.join(', ')} or jsonpath=EXPRESSION; auto is as the original prints it`,
    values: { oneOf: [...PLAIN, JSONPATH] },
    ours: true,
  },
  {
    name: 'query',
    kind: 'string',
    usage: 'take from the answer what a JSONPath finds, as in $.workers[*].worker',
    values: 'none',
    ours: true,
  },
  {
    name: 'timeout',
    kind: 'string',
    usage: 'how long the whole command may take, such as 30s; then it ends with status 3',
    values: 'none',
    ours: true,
  },
  { name: 'quiet', kind: 'bool', usage: 'no warnings, hints or progress on standard error; errors only', ours: true },
  { name: 'color', kind: 'string', usage: 'colours: auto, always or never', values: { oneOf: COLOURS }, ours: true },
  {
    name: 'pager',
    kind: 'string',
    usage: 'the pager for answers longer than the screen, such as "less -FRX"; off for none',
    values: 'none',
    ours: true,
  },
  { name: 'yes', kind: 'bool', usage: 'ask nothing before harmful commands', ours: true },
];

/** The same after a command, where letters belong to the original. */
export const LONG_LINE_FLAGS: readonly FlagSpec[] = LINE_FLAGS.map(({ short: _, ...flag }) => flag);
