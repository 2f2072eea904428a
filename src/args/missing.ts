// What a command still lacks, as questions for guided prompts. Pure: reads only the declaration and what was given so
// far.

import { IncompleteError } from '../command/errors.ts';
import { flagKey } from '../command/flags.ts';
import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandSpec, FlagRequirement, FlagSpec, ParsedArgs, ValueKind } from '../command/spec.ts';
import { flagsOf } from './command-tree.ts';
import { isRepeatable } from './find-command.ts';
import { type Invocation, parse } from './parse.ts';

type Command = CommandSpec | BuiltinCommand;

interface ArgumentQuestion {
  readonly about: 'argument';
  /** The name in the usage line. */
  readonly name: string;
  readonly values: ValueKind;
}

export type Question =
  | ArgumentQuestion
  /** The value of a flag; `list` if it takes several values. */
  | { readonly about: 'flag'; readonly flag: FlagSpec; readonly list: boolean }
  /** Which of several flags to give. */
  | { readonly about: 'choice'; readonly flags: readonly FlagSpec[] };

/** How a question is asked. */
export type PromptKind = 'search' | 'select' | 'checkbox' | 'input';

/** What a line has given so far. */
export interface Draft {
  readonly command: Command;
  readonly parsed: ParsedArgs;
  /** The parsed invocation; undefined while an argument is missing. */
  readonly invocation?: Invocation;
  /** The error to report if no user can answer. */
  readonly error?: IncompleteError;
}

/** Parses words that may be incomplete. Undefined for help, which needs no arguments. Throws UsageError, Refusal. */
export function parseDraft(words: readonly string[], registry: CommandRegistry): Draft | undefined {
  try {
    return draftOf(parse(words, registry));
  } catch (error) {
    if (error instanceof IncompleteError) return { command: error.command, parsed: error.parsed, error };
    throw error;
  }
}

/** The draft of an invocation. For a wrapper such as watch: the draft of the wrapped command. */
export function draftOf(invocation: Invocation): Draft | undefined {
  if (invocation.kind === 'help') return undefined;
  const { command, parsed } = invocation.kind === 'builtin' && invocation.wrapped?.kind === 'call' ? invocation.wrapped : invocation;
  return { command, parsed, invocation };
}

/** Kinds for which the cluster offers no names. */
const FREE_TEXT: ReadonlySet<ValueKind> = new Set(['none', 'sql']);

/** The next question; undefined if nothing is missing. Names come first, free text last. */
export function nextQuestion({ command, parsed }: Pick<Draft, 'command' | 'parsed'>, registry: CommandRegistry): Question | undefined {
  const argument = missingArgument(command, parsed, registry);
  if (argument && !FREE_TEXT.has(argument.values)) return argument;
  return missingFlag(command, parsed, registry) ?? argument;
}

function missingArgument(command: Command, parsed: ParsedArgs, registry: CommandRegistry): ArgumentQuestion | undefined {
  const { min, names, kinds = [], unless = [] } = command.args;
  const at = parsed.args.length;
  if (at >= min || unless.some((name) => isGiven(name, parsed, registry))) return undefined;
  const kind = kinds[at];
  const values = typeof kind === 'object' && 'after' in kind ? kind.after[parsed.args[at - 1] ?? ''] : kind;
  const wrapped: ValueKind | undefined = 'wrapsCommand' in command && command.wrapsCommand ? { oneOf: repeatable(registry) } : undefined;
  return { about: 'argument', name: names[at] ?? '', values: wrapped ?? values ?? 'none' };
}

const repeatable = ({ dialect, builtins }: CommandRegistry): string[] =>
  [...dialect.commands, ...builtins].filter(isRepeatable).map((c) => c.name);

function missingFlag(command: Command, parsed: ParsedArgs, registry: CommandRegistry): Question | undefined {
  const given = (name: string): boolean => isGiven(name, parsed, registry);
  const isMissing = ({ oneOf, unless = [], when }: FlagRequirement): boolean =>
    !oneOf.some(given) && !unless.some(given) && (when?.some(given) ?? true);
  const requirement = (command.args.requires ?? []).find(isMissing);
  if (!requirement) return undefined;
  const known = flagsOf(command, registry);
  const flags = requirement.oneOf.map((name) => {
    const flag = known.find((f) => f.name === name);
    if (!flag) throw new Error(`${command.name} has no flag --${name}`);
    return flag;
  });
  const [only, ...others] = flags;
  if (!only || others.length > 0) return { about: 'choice', flags };
  return { about: 'flag', flag: only, list: only.kind === 'strings' && requirement.single !== true };
}

/** Whether a flag was given a value that is not empty. */
function isGiven(name: string, { targets, flags }: ParsedArgs, { dialect }: CommandRegistry): boolean {
  const value = name === dialect.targetSelector.name ? targets : flags[flagKey(name)];
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? value !== 0 : value !== undefined && value.length > 0;
}

/** What the answer to a question names. */
export function valuesOf(question: Question): ValueKind {
  if (question.about === 'argument') return question.values;
  if (question.about === 'flag') return question.flag.values ?? 'none';
  return { oneOf: question.flags.map((flag) => `--${flag.name}`) };
}

/** How to ask when the possible answers are known. */
export function promptKind(question: Question): PromptKind {
  const values = valuesOf(question);
  if (typeof values === 'object') return 'select';
  switch (values) {
    case 'task':
    case 'file':
    case 'yaml-file':
    case 'toml-file':
    case 'config-file':
    case 'error-code':
      return 'search';
    case 'worker':
    case 'source':
      return question.about === 'flag' && question.list ? 'checkbox' : 'select';
    case 'lock':
    case 'profile':
    case 'master':
    case 'member':
      return 'select';
    case 'position':
    case 'database':
    case 'table':
    case 'sql':
    case 'none':
      return 'input';
  }
}
