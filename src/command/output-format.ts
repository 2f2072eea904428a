// The forms of an answer (-output) and the modes of color (-color).

/** auto is what the original prints; the rest is asked for. */
export const FORMATS = ['auto', 'json', 'jsonl', 'yaml', 'table', 'wide', 'name'] as const;

export type OutputFormat =
  | { readonly kind: (typeof FORMATS)[number] }
  /** What a JSONPath finds in the answer, a line each. */
  | { readonly kind: 'jsonpath'; readonly path: string };

export const AUTO_FORMAT: OutputFormat = { kind: 'auto' };

export const JSONPATH = 'jsonpath=';

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

/** Whether a JSONPath can be taken from it: there is no table of what it finds. */
export function takesQuery({ kind }: OutputFormat): boolean {
  return kind === 'auto' || kind === 'json' || kind === 'jsonl' || kind === 'yaml';
}

export const COLOR_MODES = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** Reads a choice of colors. Throws Error. */
export function parseColor(text: string): ColorMode {
  const choice = COLOR_MODES.find((c) => c === text);
  if (choice) return choice;
  throw new Error(`invalid color ${text}: it is ${COLOR_MODES.join(', ')}`);
}
