// The commands of a run: the dialect's, the built-in ones, and the help topics.

import type { Place } from '../text/suggested-command.ts';
import type { FlagSpec } from './flags.ts';
import type { MasterIdentity } from './release.ts';
import type { CommandSpec, Dialect } from './spec.ts';

/** What help lists about a command. */
export interface HelpEntry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
  /** One or two examples, as typed. */
  readonly examples?: readonly string[];
  /** For programs, not people: hidden from all lists. */
  readonly hidden?: boolean;
}

/** A built-in command: it runs its own code instead of making one call. */
export interface BuiltinCommand extends HelpEntry {
  /** Where it can be used: on the command line, in the shell or a pipe, or in both. */
  readonly availability: 'one-shot' | 'lines' | 'both';
  /** What to use on a command line instead, if it is not available there. */
  readonly instead?: string;
  /** Whether it calls the master and so needs an address. */
  readonly needsMaster?: boolean;
  /** It makes calls of the master's generation, so the master is detected before the line is parsed. */
  readonly usesDialect?: boolean;
  /** It takes the target selector of the generation; the text of that flag. */
  readonly targetUsage?: string;
  /** The rest of the line is one verbatim text, unless it starts with a digit or a dash. */
  readonly textTail?: boolean;
  /** Its words come after `--`, as a script writes them. Without that it is an unknown command. */
  readonly afterDashes?: boolean;
  /** It wraps another command. Its own flags also work after the name of that command, unless that command has them too. */
  readonly wrapsCommand?: boolean;
  /** It changes nothing, so it can run repeatedly. */
  readonly readOnly?: boolean;
  /** In piped lines, nothing after it runs if it fails: the lines are meant for the cluster that it selects. */
  readonly mustSucceed?: boolean;
  /** It works with invalid settings too, because it can fix them. */
  readonly fixesSettings?: boolean;
  /** Rows are its default output. */
  readonly prefersTable?: boolean;
  readonly args: CommandSpec['args'];
}

/** Declares a built-in command. Keeps the names and kinds of its flags for the compiler. */
export function defineBuiltin<const Flags extends readonly FlagSpec[]>(
  spec: Omit<BuiltinCommand, 'flags'> & { readonly flags: Flags },
): BuiltinCommand & { readonly flags: Flags } {
  return spec;
}

/** A help text that is not about a single command. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly text: string;
}

/** The registries of a run: one for each generation and release of DM. */
export interface Registries {
  /** The registry until a master has reported its generation. */
  readonly initial: CommandRegistry;
  /** The registry for a master. */
  of(identity: MasterIdentity): Promise<CommandRegistry>;
}

export interface CommandRegistry {
  readonly dialect: Dialect;
  readonly builtins: readonly BuiltinCommand[];
  readonly topics: readonly Topic[];
  /** Built-in commands that are not available here, only at the other place: in the shell, or on a command line. */
  readonly elsewhere?: readonly BuiltinCommand[];
  /** The words that leave the shell; none on a command line. */
  readonly leave?: readonly string[];
  /** Where lines are typed: at the prompt (the default), or in a shell of the system. There, help lists the flags of the program too. */
  readonly place?: Place;
}

/** The words that leave the shell. */
export const LEAVE_WORDS: readonly string[] = ['exit', 'quit'];
