// A DM error as a note: where it happened and its message in one line, details below.

import { readDmError } from '../domain/dm-error.ts';
import type { Values } from '../text/suggested-command.ts';
import { describeError } from './describe-error.ts';
import type { Detail, LazyNote, Tone } from './view.ts';

/** What is shown by default. -output wide shows the rest. */
const AT_ONCE = new Set(['statement', 'server', 'try']);
const MAX_TRIES = 2;

export interface NoteOptions {
  /** The start of the line. */
  readonly more?: readonly Detail[];
  /** Context besides the text, used to fill in commands. */
  readonly known?: Values;
  readonly tone?: Tone;
}

/** The note of an error, built when it is shown. `whose` names the thing that has the error. */
export function errorNote(whose: string, text: string, { more = [], known = {}, tone = 'bad' }: NoteOptions = {}): LazyNote {
  return (adviceOf) => {
    const error = readDmError(text);
    const { line, details } = describeError(error, { advice: adviceOf(error), known: [known] });
    let tries = 0;
    const marked = details.map((d): Detail => {
      if (d.label === 'try') tries += 1;
      return { ...d, wide: !AT_ONCE.has(d.label) || (d.label === 'try' && tries > MAX_TRIES) };
    });
    const explained: Detail[] =
      error.code !== undefined && marked.some((d) => d.wide) ? [{ label: 'more', text: `explain ${error.code}` }] : [];
    return { tone, line: `${whose}: ${line}`, details: [...more, ...marked, ...explained] };
  };
}

/** The short form for a column: class and code of the innermost error. */
export function errorClass(text: string): string {
  const { code, class: of } = readDmError(text);
  return code === undefined ? 'error' : `${of ?? 'error'} ${code}`;
}

/** The first line of an error. */
export function errorLine(text: string): string {
  return describeError(readDmError(text)).line;
}
