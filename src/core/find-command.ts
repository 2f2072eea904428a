// Which commands there are, and which word of a line names one: cobra's way.

import { goStyle, takesNext } from './flags.ts';
import { LINE_FLAGS, LONG_LINE_FLAGS } from './form.ts';
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
  /** It carries another command: its own flags end where the name of that one stands. */
  readonly wraps?: boolean;
  /** It only looks, so that it can be run again and again. */
  readonly looks?: boolean;
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
export function findCommand(words: readonly string[], theirs: readonly FlagSpec[]): number {
  const flags = [...theirs, ...LONG_LINE_FLAGS];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') return -1;
    if (word !== '' && !word.startsWith('-')) return i;
    if (word.length > 1 && !isHelp(word) && takesNext(word, flags)) i += 1;
  }
  return -1;
}

/** The place of the command that a line is about: where a command carries another one, that of the other. -1 where there is none yet. */
export function findInnermost(words: readonly string[], { dialect, own }: Pick<Catalogue, 'dialect' | 'own'>): number {
  const at = findCommand(words, dialect.globalFlags);
  const carrier = own.find((c) => c.wraps && c.name === words[at]);
  if (!carrier) return at;
  const inner = findCarried(words.slice(at + 1), carrier);
  return inner < 0 ? -1 : at + 1 + inner;
}

/** The place of the name of the command that another carries, among the words after that one's name; -1 where there is none. */
export function findCarried(words: readonly string[], carrier: OwnCommand): number {
  return findCommand(goStyle(words, carrier.flags), [...carrier.flags, ...LINE_FLAGS]);
}

/** Whether running it again and again does no harm. */
export function isRepeatable(command: CommandSpec | OwnCommand): boolean {
  return 'changes' in command ? !command.changes : command.looks === true;
}
