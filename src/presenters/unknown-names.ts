// Finds the names that an answer rejects as unknown, by the texts of a generation.

import type { UnknownName } from '../command/spec.ts';

/** A text of DM with a name, or with several names, and their kind. */
export type NamePattern = readonly [kind: UnknownName['kind'], text: RegExp];

export interface UnknownNameTexts {
  readonly patterns: readonly NamePattern[];
  /** The kind of the entry whose message begins with this text, which does not contain the name. */
  readonly ofEntry?: { readonly kind: UnknownName['kind']; readonly text: string; readonly field: string };
}

/** Characters of a text that are searched. The messages stand at its start. */
const SEARCHED = 2000;

/** The names in a decoded answer that may be unknown, each once. One text names a task and a worker without saying which is. */
export function findUnknownNames(answer: object, { patterns, ofEntry }: UnknownNameTexts): UnknownName[] {
  const found = new Map<string, UnknownName>();
  const add = (kind: UnknownName['kind'], name: string): void => {
    if (name !== '') found.set(`${kind} ${name}`, { kind, name });
  };
  for (const { text, entry } of textsOf(answer)) {
    if (ofEntry && text.startsWith(ofEntry.text)) add(ofEntry.kind, String(entry[ofEntry.field] ?? ''));
    for (const [kind, pattern] of patterns) {
      const names = pattern.exec(text.slice(0, SEARCHED))?.[1] ?? '';
      for (const name of kind === 'worker' || kind === 'source' ? names.split(/,? /) : [names]) add(kind, name);
    }
  }
  return [...found.values()];
}

/** The messages of an answer and of its entries, each with its entry. */
function* textsOf(value: object): Generator<{ text: string; entry: Readonly<Record<string, unknown>> }> {
  const entry = value as Readonly<Record<string, unknown>>;
  if (typeof entry.msg === 'string' && entry.msg !== '') yield { text: entry.msg, entry };
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !ArrayBuffer.isView(member)) yield* textsOf(member);
  }
}
