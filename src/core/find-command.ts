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

/** Takes words one by one until one names the command: the first word that no flag takes. */
class NameFinder {
  private readonly flags: readonly FlagSpec[];
  /** Whether the next word is the value of a flag. */
  private takes = false;
  /** `--` ends the search: what follows it is no command. */
  private ended = false;

  constructor(flags: readonly FlagSpec[]) {
    this.flags = flags;
  }

  /** Whether this word is the name. Not to be called after it. */
  isName(word: string): boolean {
    if (this.ended) return false;
    if (this.takes) {
      this.takes = false;
      return false;
    }
    if (word === '--') this.ended = true;
    else if (word !== '' && !word.startsWith('-')) return true;
    else this.takes = word.length > 1 && !isHelp(word) && takesNext(word, this.flags);
    return false;
  }
}

/** The place of the command's name among the words, -1 where there is none. */
export function findCommand(words: readonly string[], theirs: readonly FlagSpec[]): number {
  const finder = new NameFinder([...theirs, ...LONG_LINE_FLAGS]);
  return words.findIndex((word) => finder.isName(word));
}

/** Finds the command that a line is about while the line is read; where a command carries another one, that other one. */
export class CommandFinder {
  private readonly catalogue: Pick<Catalogue, 'dialect' | 'own'>;
  private finder: NameFinder;
  private carrier: OwnCommand | undefined;
  private found = -1;
  private count = 0;

  constructor(catalogue: Pick<Catalogue, 'dialect' | 'own'>) {
    this.catalogue = catalogue;
    this.finder = new NameFinder([...catalogue.dialect.globalFlags, ...LONG_LINE_FLAGS]);
  }

  /** The place of the command's name once the words so far have it, else -1. */
  add(word: string): number {
    if (this.found >= 0) return this.found;
    const { carrier } = this;
    const at = this.count;
    this.count += 1;
    if (!this.finder.isName(carrier ? (goStyle([word], carrier.flags)[0] as string) : word)) return -1;
    const wraps = carrier ? undefined : this.catalogue.own.find((c) => c.wraps && c.name === word);
    if (!wraps) this.found = at;
    else {
      this.carrier = wraps;
      this.finder = new NameFinder(carriedFlags(wraps));
    }
    return this.found;
  }
}

/** The place of the command that the words are about, as above. -1 where there is none yet. */
export function findInnermost(words: readonly string[], catalogue: Pick<Catalogue, 'dialect' | 'own'>): number {
  const finder = new CommandFinder(catalogue);
  for (const word of words) {
    const at = finder.add(word);
    if (at >= 0) return at;
  }
  return -1;
}

/** The place of the name of the command that another carries, among the words after that one's name; -1 where there is none. */
export function findCarried(words: readonly string[], carrier: OwnCommand): number {
  const finder = new NameFinder(carriedFlags(carrier));
  return goStyle(words, carrier.flags).findIndex((word) => finder.isName(word));
}

const carriedFlags = (carrier: OwnCommand): FlagSpec[] => [...carrier.flags, ...LINE_FLAGS, ...LONG_LINE_FLAGS];

/** Whether running it again and again does no harm. */
export function isRepeatable(command: CommandSpec | OwnCommand): boolean {
  return 'changes' in command ? !command.changes : command.looks === true;
}
