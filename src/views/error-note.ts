// An error of DM as something to read: whose it is and what it says in one line, the rest below.

import type { Note, Tone } from './shape.ts';

/** The note of an error. `whose` names what it happened to. */
export function errorNote(whose: string, text: string, tone: Tone = 'bad'): Note {
  return { tone, line: `${whose}: ${text.split('\n')[0]}`, details: [] };
}

/** What a column has room for: class and code. */
export function errorClass(text: string): string {
  const [, code, name] = /\[code=(\d+):class=([^:\]]+)/.exec(text) ?? [];
  return code === undefined ? 'error' : `${name} ${code}`;
}
