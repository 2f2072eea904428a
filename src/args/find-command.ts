// Finds the word of a line that names the command, by cobra's rules.

import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandSpec, FlagSpec } from '../command/spec.ts';
import { COMMON_FLAGS } from './common-flags.ts';
import { goStyle, takesNext } from './pflag.ts';

const isHelp = (word: string): boolean => word === '-h' || word === '--help';

/** Takes words one at a time until one names the command: the first word that is not a flag or its value. */
class NameFinder {
  private readonly flags: readonly FlagSpec[];
  /** Whether the next word is the value of a flag. */
  private takes = false;
  /** `--` ends the search: no command follows it. */
  private ended = false;

  constructor(flags: readonly FlagSpec[]) {
    this.flags = flags;
  }

  /** Whether this word is the name. Must not be called again afterwards. */
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

/** The index of the command's name among the words; -1 if there is none. */
export function findCommand(words: readonly string[], theirs: readonly FlagSpec[]): number {
  const finder = new NameFinder([...theirs, ...COMMON_FLAGS]);
  return words.findIndex((word) => finder.isName(word));
}

/** Finds the command of a line while the line is read; for a wrapper, the wrapped command. */
export class CommandFinder {
  private readonly registry: Pick<CommandRegistry, 'dialect' | 'builtins'>;
  private finder: NameFinder;
  private wrapper: BuiltinCommand | undefined;
  private found = -1;
  private count = 0;

  constructor(registry: Pick<CommandRegistry, 'dialect' | 'builtins'>) {
    this.registry = registry;
    this.finder = new NameFinder([...registry.dialect.globalFlags, ...COMMON_FLAGS]);
  }

  /** The index of the command's name once it has been read, else -1. */
  add(word: string): number {
    if (this.found >= 0) return this.found;
    const { wrapper } = this;
    const at = this.count;
    this.count += 1;
    if (!this.finder.isName(wrapper ? (goStyle([word], wrapper.flags)[0] as string) : word)) return -1;
    const wraps = wrapper ? undefined : this.registry.builtins.find((c) => c.wrapsCommand && c.name === word);
    if (!wraps) this.found = at;
    else {
      this.wrapper = wraps;
      this.finder = new NameFinder(carriedFlags(wraps));
    }
    return this.found;
  }
}

/** The index of the command's name among the words, as above; -1 if there is none yet. */
export function findInnermost(words: readonly string[], registry: Pick<CommandRegistry, 'dialect' | 'builtins'>): number {
  const finder = new CommandFinder(registry);
  for (const word of words) {
    const at = finder.add(word);
    if (at >= 0) return at;
  }
  return -1;
}

/** The index of the wrapped command's name among the words after the wrapper's name; -1 if there is none. */
export function findWrapped(words: readonly string[], wrapper: BuiltinCommand): number {
  const finder = new NameFinder(carriedFlags(wrapper));
  return goStyle(words, wrapper.flags).findIndex((word) => finder.isName(word));
}

const carriedFlags = (wrapper: BuiltinCommand): FlagSpec[] => [...wrapper.flags, ...COMMON_FLAGS];

/** Whether the command can safely run repeatedly. */
export function isRepeatable(command: CommandSpec | BuiltinCommand): boolean {
  return 'mutating' in command ? !command.mutating : command.readOnly === true;
}
