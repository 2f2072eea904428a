// Turns the words of a line into an invocation: the command and its typed arguments. Finds the command by cobra's rules;
// pflag.ts normalizes the flags and commander parses.

import { CountError, IncompleteError, NOT_SENT, Refusal, UnknownTopic, UsageError } from '../command/errors.ts';
import type { ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandSpec, FlagSpec } from '../command/spec.ts';
import { goQuote } from '../text/quote.ts';
import { isPlaceholder } from '../text/suggested-command.ts';
import { flagsOf, parseByTree, UnknownCommand, WrongCount } from './command-tree.ts';
import { COMMON_FLAGS } from './common-flags.ts';
import { findCommand, findWrapped } from './find-command.ts';
import { parseBool } from './flag-value.ts';
import { builtinHelp, commandHelp, commandUsage, helpHelp, rootHelp, rootUsage } from './help.ts';
import { FlagError, goStyle, HELP_FLAG, type NormalizedWords, normalizeFlags } from './pflag.ts';
import { suggestSimilar } from './suggest.ts';

/** A line, parsed once. */
export type Invocation =
  | { readonly kind: 'call'; readonly command: CommandSpec; readonly parsed: ParsedArgs }
  | {
      readonly kind: 'builtin';
      readonly command: BuiltinCommand;
      readonly parsed: ParsedArgs;
      /** The wrapped command, for a wrapper such as watch. */
      readonly wrapped?: Invocation;
    }
  | { readonly kind: 'help'; readonly text: string };

/** What a command needs before it can run: a master or settings. Help needs neither. */
export function needsOf(command: CommandSpec | BuiltinCommand): 'master' | 'settings' {
  return 'method' in command || command.needsMaster ? 'master' : 'settings';
}

/** Parses the words of a line, or of a command line without program flags. Throws UsageError, Refusal. */
export function parse(words: readonly string[], registry: CommandRegistry): Invocation {
  const { dialect, builtins, topics } = registry;
  const at = findCommand(words, dialect.globalFlags);
  const usage = (): string => rootUsage(dialect, builtins, topics);
  if (at < 0) {
    normalize(words, dialect.globalFlags, usage);
    return { kind: 'help', text: rootHelp(dialect, builtins, topics) };
  }
  const { name, command } = commandAt(words, at, registry);
  const rest = [...words.slice(0, at), ...words.slice(at + name.split(' ').length)];
  if (name === 'help') return { kind: 'help', text: helpFor(rest, registry) };
  if (!command) return byTree(undefined, name, { flags: [], args: [], lists: new Map() }, registry, usage);
  return 'method' in command ? parseCall(command, rest, registry) : parseBuiltin(command, rest, registry);
}

/** The command whose name starts at a word. Of several names that fit, the longest one. */
function commandAt(
  words: readonly string[],
  at: number,
  { dialect, builtins }: CommandRegistry,
): { readonly name: string; readonly command?: CommandSpec | BuiltinCommand } {
  const named = [...dialect.commands, ...builtins].filter((c) => c.name.split(' ').every((part, i) => words[at + i] === part));
  const command = named.sort((a, b) => b.name.length - a.name.length)[0];
  return command ? { name: command.name, command } : { name: words[at] as string };
}

function parseCall(command: CommandSpec, words: readonly string[], registry: CommandRegistry): Invocation {
  const usage = (): string => commandUsage(command, registry.dialect);
  const flags = flagsOf(command, registry);
  const normalized = normalize(words, flags, () => `${singleDashHint(words)}${usage()}\n`);
  if (asksForHelp(normalized, () => `${usage()}\n`)) return { kind: 'help', text: commandHelp(command, registry.dialect) };
  const invocation = byTree(command, command.name, normalized, registry, usage);
  rejectPlaceholders(normalized);
  if (command.bulk && normalized.args.length > 1) rejectSingleDash(words, flags, usage);
  return invocation;
}

function parseBuiltin(command: BuiltinCommand, words: readonly string[], registry: CommandRegistry): Invocation {
  const usage = (): string => builtinHelp(command);
  const flags = flagsOf(command, registry);
  const own = command.wrapsCommand ? untilWrapped(words, command) : goStyle(words, flags);
  const normalized = normalize(own, flags, () => `${singleDashHint(words)}${usage()}\n`);
  if (asksForHelp(normalized, () => `${usage()}\n`)) return { kind: 'help', text: usage() };
  const invocation = byTree(command, command.name, normalized, registry, usage);
  if (command.needsMaster && !command.wrapsCommand) rejectPlaceholders(normalized);
  if (!command.wrapsCommand || invocation.kind !== 'builtin') return invocation;
  const wrapped = parse(invocation.parsed.args, registry); // its errors are reported now
  return wrapped.kind === 'help' ? wrapped : { ...invocation, wrapped };
}

/** Runs commander and converts its errors to the original's messages. */
function byTree(
  command: CommandSpec | BuiltinCommand | undefined,
  name: string,
  { flags, args }: NormalizedWords,
  registry: CommandRegistry,
  usage: () => string,
): Invocation {
  try {
    const { command: found, parsed } = parseByTree({ command, name, flags, args }, registry);
    return 'method' in found ? { kind: 'call', command: found, parsed } : { kind: 'builtin', command: found, parsed };
  } catch (error) {
    if (error instanceof UnknownCommand) throw unknownCommand(name, registry);
    if (error instanceof WrongCount && command && error.incomplete) {
      throw new IncompleteError(error.message, usage(), command, error.incomplete);
    }
    if (error instanceof WrongCount) throw new CountError(error.message, usage());
    if (error instanceof FlagError) throw new UsageError(error.message, `${usage()}\n`);
    throw error;
  }
}

function normalize(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): NormalizedWords {
  try {
    return normalizeFlags(words, [...flags, HELP_FLAG]);
  } catch (error) {
    if (error instanceof FlagError) throw new UsageError(error.message, usage());
    throw error;
  }
}

/** Removes --help from the flags. Returns whether it was given. Throws UsageError for a value that is not a bool. */
function asksForHelp({ flags }: NormalizedWords, usage: () => string): boolean {
  let asked = false;
  for (let at = flags.length - 1; at >= 0; at -= 1) {
    const value = /^--help=(.*)$/s.exec(flags[at] as string)?.[1];
    if (value === undefined) continue;
    const on = parseBool(value);
    if (on === undefined) {
      const reason = `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`;
      throw new UsageError(`invalid argument ${goQuote(value)} for "-h, --help" flag: ${reason}`, usage());
    }
    asked ||= on;
    flags.splice(at, 1);
  }
  return asked;
}

/** Words after the name of a wrapped command belong to that command, not to the wrapper. */
function untilWrapped(words: readonly string[], wrapper: BuiltinCommand): string[] {
  const at = findWrapped(words, wrapper);
  if (at < 0) return goStyle(words, wrapper.flags);
  return [...goStyle(words.slice(0, at), wrapper.flags), '--', ...words.slice(at)];
}

/** A suggested line may be pasted with its placeholders still in it. */
function rejectPlaceholders({ args, flags }: NormalizedWords): void {
  const values = flags.map((flag) => flag.slice(flag.indexOf('=') + 1));
  const left = [...args, ...values].find(isPlaceholder);
  if (left !== undefined) throw new Refusal(`${left} is a placeholder. ${NOT_SENT}. Replace it with a value`);
}

/** pflag reads `-worker a` as `-w orker` plus an argument. If several arguments are allowed, the mistake would go unnoticed. */
function rejectSingleDash(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): void {
  const slip = flags.find((f) => f.short && words.some((w) => w === `-${f.name}` || w.startsWith(`-${f.name}=`)));
  if (slip) throw new UsageError(`-${slip.name} means -${slip.short} ${slip.name.slice(1)} here. Write --${slip.name}`, `${usage()}\n`);
}

/** After a command, single letters and long flags with one dash belong to the original. Before it, ours have them too. */
function singleDashHint(words: readonly string[]): string {
  const meant = COMMON_FLAGS.find((f) => words.some((w) => [`-${f.name}`, `-${f.short}`].includes(w.split('=')[0] as string)));
  return meant ? `After a command, write --${meant.name}.\n` : '';
}

function helpFor(words: readonly string[], { dialect, builtins, topics }: CommandRegistry): string {
  const usage = (): string => rootUsage(dialect, builtins, topics);
  const normalized = normalize(words, dialect.globalFlags, usage);
  const help = asksForHelp(normalized, usage);
  const topic = normalized.args[0];
  if (help || topic === 'help') return helpHelp(dialect);
  if (topic === undefined) return rootHelp(dialect, builtins, topics);
  const command = dialect.commands.find((c) => c.name === topic);
  if (command) return commandHelp(command, dialect);
  const builtin = builtins.find((c) => c.name === topic);
  if (builtin) return builtinHelp(builtin);
  const found = topics.find((t) => t.name === topic);
  if (found) return found.text;
  throw new UnknownTopic(normalized.args, usage());
}

function unknownCommand(name: string, { dialect, builtins }: CommandRegistry): UsageError {
  const names = (list: readonly { readonly name: string }[]): string[] => list.map((c) => c.name);
  const inDialect = suggestSimilar(name, names(dialect.commands));
  const near = inDialect.length > 0 ? inDialect : suggestSimilar(name, names(builtins.filter((c) => !c.hidden)));
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}\n` : '';
  return new UsageError(`unknown command ${goQuote(name)} for "dmctl"`, `${hint}Run 'dmctl --help' for usage.\n`);
}
