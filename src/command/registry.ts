// The commands that a run knows: those of a dialect, the built-in ones, and the help topics.

import type { FlagSpec } from './flags.ts';
import type { CommandSpec, Dialect } from './spec.ts';

/** What help lists of a command. */
export interface HelpEntry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
  /** One or two lines as they are typed. */
  readonly examples?: readonly string[];
  /** For programs, not for people: no list shows it. */
  readonly hidden?: boolean;
}

/** A built-in command: it runs by itself instead of making one call. */
export interface BuiltinCommand extends HelpEntry {
  /** Where it can be used: on the command line, in lines of the prompt or a pipe, or both. */
  readonly availability: 'one-shot' | 'lines' | 'both';
  /** Whether it calls the master, so that an address is needed. */
  readonly needsMaster?: boolean;
  /** What follows its name on a line is one verbatim text, unless it begins with a digit or a dash. */
  readonly textTail?: boolean;
  /** It wraps another command: its own flags end where the name of that command stands. */
  readonly wrapsCommand?: boolean;
  /** It changes nothing, so that it can be run again and again. */
  readonly readOnly?: boolean;
  /** It shows rows where no form was chosen. */
  readonly prefersTable?: boolean;
  readonly args: CommandSpec['args'];
}

/** Declares a built-in command and keeps the names and kinds of its flags for the compiler. */
export function defineBuiltin<const Flags extends readonly FlagSpec[]>(
  spec: Omit<BuiltinCommand, 'flags'> & { readonly flags: Flags },
): BuiltinCommand & { readonly flags: Flags } {
  return spec;
}

/** A help text that is not about one command. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly text: string;
}

export interface CommandRegistry {
  readonly dialect: Dialect;
  readonly builtins: readonly BuiltinCommand[];
  readonly topics: readonly Topic[];
}
