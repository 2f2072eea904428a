// Which commands there are, and which word of a line names one: cobra's way.

import { takesNext } from './flags.ts';
import type { OwnEntry } from './help.ts';
import type { CommandSpec, Dialect, FlagSpec } from './spec.ts';

/** A command of ours: it runs by itself instead of making one call. */
export interface OwnCommand extends OwnEntry {
  /** Which way in knows it. */
  readonly where: 'one-shot' | 'lines' | 'both';
  /** Whether it calls the master, so that an address is needed. */
  readonly needsMaster?: boolean;
  /** What follows its name on a line is a text, verbatim, unless it begins with a digit or a dash. */
  readonly textTail?: boolean;
  readonly args: CommandSpec['args'];
}

/** Something that help tells about beside the commands. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly text: string;
}

export interface Catalogue {
  readonly dialect: Dialect;
  readonly own: readonly OwnCommand[];
  readonly topics: readonly Topic[];
}

const isHelp = (word: string): boolean => word === '-h' || word === '--help';

/** The place of the command's name among the words, -1 where there is none: the first word that no flag takes. */
export function findCommand(words: readonly string[], flags: readonly FlagSpec[]): number {
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') return -1;
    if (word !== '' && !word.startsWith('-')) return i;
    if (word.length > 1 && !isHelp(word) && takesNext(word, flags)) i += 1;
  }
  return -1;
}
