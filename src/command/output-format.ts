// The formats of an answer (-output) and the color modes (-color).

import { goQuote } from '../text/quote.ts';

/** auto prints what the original prints. */
export const FORMATS = ['auto', 'json', 'jsonl', 'yaml', 'table', 'wide', 'name', 'csv', 'tsv'] as const;

export type OutputFormat =
  | { readonly kind: (typeof FORMATS)[number] }
  /** The matches of a JSONPath in the answer, one per line. */
  | { readonly kind: 'jsonpath'; readonly path: string };

export const AUTO_FORMAT: OutputFormat = { kind: 'auto' };

export const JSONPATH = 'jsonpath=';

/** Reads a format. Throws Error that lists the choices. */
export function parseFormat(text: string): OutputFormat {
  if (text.startsWith(JSONPATH)) return { kind: 'jsonpath', path: text.slice(JSONPATH.length) };
  const kind = FORMATS.find((name) => name === text);
  if (kind) return { kind };
  throw new Error(`invalid output format ${goQuote(text)}: use ${FORMATS.join(', ')} or jsonpath=EXPRESSION`);
}

/** The format as typed. */
export function formatText(form: OutputFormat): string {
  return form.kind === 'jsonpath' ? JSONPATH + form.path : form.kind;
}

/** Formats for people, which are safe for a terminal: rows, marks and words. */
export function isHumanReadable({ kind }: OutputFormat): boolean {
  return kind === 'table' || kind === 'wide' || kind === 'name';
}

/** Formats that show the rows of a view. */
export function hasRows(format: OutputFormat): boolean {
  return isHumanReadable(format) || format.kind === 'csv' || format.kind === 'tsv';
}

/** Whether it can be combined with a JSONPath: the matches have no table. */
export function takesQuery({ kind }: OutputFormat): boolean {
  return kind === 'auto' || kind === 'json' || kind === 'jsonl' || kind === 'yaml';
}

export const COLOR_MODES = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** Reads a color mode. Throws Error. */
export function parseColor(text: string): ColorMode {
  const choice = COLOR_MODES.find((c) => c === text);
  if (choice) return choice;
  throw new Error(`invalid color mode ${goQuote(text)}: use auto, always or never`);
}
