// Turns the words of a line into an invocation: the command and its typed arguments. Finds the command by cobra's rules;
// pflag.ts normalizes the flags and commander parses.

import { CountError, IncompleteError, Refusal, UnknownTopic, UsageError } from '../command/errors.ts';
import type { ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandGroup, CommandSpec, FlagSpec } from '../command/spec.ts';
import { nearestNames, typingErrors } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import { isPlaceholder } from '../text/suggested-command.ts';
import { flagsOf, parseByTree, UnknownCommand, WrongCount } from './command-tree.ts';
import { COMMON_FLAGS, LONG_COMMON_FLAGS } from './common-flags.ts';
import { findCommand, findWrapped } from './find-command.ts';
import { parseBool } from './flag-value.ts';
import { builtinHelp, commandHelp, commandUsage, groupHelp, helpHelp, rootHelp, rootUsage } from './help.ts';
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
  const { dialect } = registry;
  const at = findCommand(words, dialect.globalFlags);
  const usage = (): string => rootUsage(registry);
  if (at < 0) {
    normalize(words, dialect.globalFlags, usage);
    return { kind: 'help', text: rootHelp(registry) };
  }
  const { name, command, at: places } = commandAt(words, at, registry);
  const rest = words.filter((_, i) => !places.includes(i));
  if (name === 'help') return { kind: 'help', text: helpFor(rest, registry) };
  const group = command ? undefined : groupNamed(name, registry);
  if (group) return parseGroup(group, rest, registry);
  if (!command) return byTree(undefined, name, { flags: [], args: [], lists: new Map() }, registry, usage);
  return 'method' in command ? parseCall(command, rest, registry) : parseBuiltin(command, rest, registry);
}

interface FoundCommand {
  readonly name: string;
  readonly command?: CommandSpec | BuiltinCommand;
  /** The indexes of the words of its name. */
  readonly at: readonly number[];
}

/** The command whose name starts at a word. Of several names that fit, the longest one. Flags of a group may stand inside a name. */
export function commandAt(words: readonly string[], at: number, { dialect, builtins }: CommandRegistry): FoundCommand {
  const group = dialect.groups?.find((g) => g.name === words[at]);
  const inner = group ? findCommand(words.slice(at + 1), [...dialect.globalFlags, ...group.flags]) : -1;
  const second = inner < 0 ? at + 1 : at + 1 + inner;
  const places = [at, second, second + 1];
  const named = [...dialect.commands, ...builtins].filter((c) => c.name.split(' ').every((part, i) => words[places[i] as number] === part));
  const command = named.sort((a, b) => b.name.length - a.name.length)[0];
  const name = command?.name ?? (words[at] as string);
  return { name, at: places.slice(0, name.split(' ').length), ...(command && { command }) };
}

/** The group of this name: the dialect's, or one that only built-in commands belong to. */
function groupNamed(name: string, { dialect, builtins }: CommandRegistry): CommandGroup | undefined {
  const ours = builtins.some((c) => c.name.startsWith(`${name} `));
  return dialect.groups?.find((g) => g.name === name) ?? (ours ? { name, summary: `commands of dmctl for ${name}`, flags: [] } : undefined);
}

/** A group without a command is a question for its help. Throws UsageError for a command that it does not have. */
function parseGroup(group: CommandGroup, words: readonly string[], registry: CommandRegistry): Invocation {
  const { dialect } = registry;
  const text = groupHelp(group, registry);
  const normalized = normalize(words, [...dialect.globalFlags, ...group.flags, ...LONG_COMMON_FLAGS], () => `\n${text}`);
  asksForHelp(normalized, () => text);
  const [unknown] = normalized.args;
  if (unknown === undefined || unknown === 'help') return { kind: 'help', text };
  const members = [...dialect.commands, ...registry.builtins].filter((c) => !c.hidden && c.name.startsWith(`${group.name} `));
  const near = suggestSimilar(
    unknown,
    members.map((c) => c.name.slice(group.name.length + 1)),
  );
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${group.name} ${n}\n`).join('')}\n` : '';
  throw new UsageError(
    `unknown command ${goQuote(`${group.name} ${unknown}`)} for "dmctl"`,
    `${hint}Run 'dmctl ${group.name} --help' for usage.\n`,
  );
}

function parseCall(command: CommandSpec, words: readonly string[], registry: CommandRegistry): Invocation {
  const usage = (): string => commandUsage(command, registry.dialect);
  const flags = flagsOf(command, registry);
  const normalized = normalize(words, flags, () => `${singleDashHint(words)}${usage()}\n`);
  if (asksForHelp(normalized, () => `${usage()}\n`)) return { kind: 'help', text: commandHelp(command, registry.dialect, registry.help) };
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
  const wrapped = parse(invocation.parsed.args, registry); // what is wrong with it is reported now
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
  if (left !== undefined) throw new Refusal(`${left} is a placeholder: write a value in its place; nothing was sent`);
}

/** pflag reads `-worker a` as `-w orker` plus an argument. If several arguments are allowed, nobody would notice. */
function rejectSingleDash(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): void {
  const slip = flags.find((f) => f.short && words.some((w) => w === `-${f.name}` || w.startsWith(`-${f.name}=`)));
  if (slip) throw new UsageError(`-${slip.name} is read as -${slip.short} ${slip.name.slice(1)}; write --${slip.name}`, `${usage()}\n`);
}

/** After a command, single letters and long flags with one dash belong to the original. Before it, ours have them too. */
function singleDashHint(words: readonly string[]): string {
  const meant = COMMON_FLAGS.find((f) => words.some((w) => [`-${f.name}`, `-${f.short}`].includes(w.split('=')[0] as string)));
  return meant ? `After a command it is --${meant.name}.\n` : '';
}

function helpFor(words: readonly string[], registry: CommandRegistry): string {
  const { dialect, topics, elsewhere = [], help: shows } = registry;
  const usage = (): string => rootUsage(registry);
  const normalized = normalize(words, dialect.globalFlags, usage);
  const help = asksForHelp(normalized, usage);
  const topic = normalized.args[0];
  if (help || topic === 'help') return helpHelp(dialect, shows);
  if (topic === undefined) return rootHelp(registry);
  const { command, name } = commandAt(normalized.args, 0, registry);
  if (command && 'method' in command) return commandHelp(command, dialect, shows);
  const group = command ? undefined : groupNamed(name, registry);
  if (group) return groupHelp(group, registry);
  if (command) return builtinHelp(command);
  const found = topics.find((t) => t.name === topic);
  if (found) return found.text;
  const other = elsewhere.find((c) => c.name === topic && !c.hidden);
  if (other) throw unavailable(other);
  throw new UnknownTopic(normalized.args, usage(), dialect.allowsUnknownTopics);
}

function unknownCommand(name: string, registry: CommandRegistry): UsageError {
  const other = registry.elsewhere?.find((c) => c.name === name && !c.hidden);
  if (other) return unavailable(other);
  const near = similarCommands(name, registry);
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}\n` : '';
  return new UsageError(`unknown command ${goQuote(name)} for "dmctl"`, `${hint}Run 'dmctl --help' for usage.\n`);
}

/** The original's commands by its own rule. If there are none, ours, and the words that leave the shell. */
function similarCommands(name: string, { dialect, builtins, leave = [] }: CommandRegistry): string[] {
  const names = (list: readonly { readonly name: string }[]): string[] => list.map((c) => c.name);
  const inDialect = suggestSimilar(name, names(dialect.commands));
  if (inDialect.length > 0) return inDialect;
  const ours = nearestNames(name, names(builtins.filter((c) => !c.hidden)));
  return [...leave.filter((word) => isSlipOf(name.toLowerCase(), word)), ...ours];
}

/** Whether all letters of a word were typed, one of them twice or in the wrong place, or all but one. `edit` is not `exit`. */
function isSlipOf(typed: string, word: string): boolean {
  const sorted = (text: string): string => [...text].sort().join('');
  return typingErrors(typed, word) <= 1 && (typed.length !== word.length || sorted(typed) === sorted(word));
}

function unavailable({ name, availability }: BuiltinCommand): UsageError {
  return availability === 'lines'
    ? new UsageError(`${name} is only available at the prompt`, "Run 'dmctl -master-addr host:port' without a command to start it.\n")
    : new UsageError(`${name} is only available on the command line`, `Run 'dmctl ${name}' in another terminal.\n`);
}
