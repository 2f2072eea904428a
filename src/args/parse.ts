// Turns the words of a line into an invocation: the command and its typed arguments. Finds the command by cobra's rules;
// pflag.ts normalizes the flags and commander parses.

import { CountError, IncompleteError, NOT_SENT, Refusal, UnknownTopic, UsageError } from '../command/errors.ts';
import type { ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandGroup, CommandSpec, FlagSpec } from '../command/spec.ts';
import { nearestNames, typingErrors } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import { joinParagraphs } from '../text/reflow.ts';
import { isPlaceholder } from '../text/suggested-command.ts';
import { flagsOf, parseByTree, UnknownCommand, WrongCount } from './command-tree.ts';
import { COMMON_FLAGS } from './common-flags.ts';
import { findCommand, findWrapped } from './find-command.ts';
import { parseBool } from './flag-value.ts';
import { builtinHelp, commandHelp, commandUsage, groupHelp, helpHelp, rootHelp, rootUsage } from './help.ts';
import { FlagError, goStyle, HELP_FLAG, type NormalizedWords, normalizeFlags, takesNext } from './pflag.ts';
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
  | {
      readonly kind: 'help';
      readonly text: string;
      /** The columns to fit it into if the output is not a terminal. Without them, lines stay as in the original. */
      readonly columns?: number;
    };

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
  const rest = [...longBefore(words.slice(0, at), command), ...words.slice(at).filter((_, i) => !places.includes(at + i))];
  if (name === 'help') return helpFor(rest, registry);
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
  const name = command?.name ?? (words[at] === '?' ? 'help' : (words[at] as string));
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
  const normalized = normalize(words, [...dialect.globalFlags, ...group.flags, ...COMMON_FLAGS], () => `\n${text}`);
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

/** Before a command, -o is our flag, even if the command has the letter too. */
function longBefore(words: readonly string[], command: CommandSpec | BuiltinCommand | undefined): readonly string[] {
  const clash = sharedLetter(command);
  return clash ? words.map((word) => (lettersOf(word, clash) ? word.replace(`-${clash.short}`, `--${clash.name}`) : word)) : words;
}

/** The flag of every command whose letter a command uses for a flag of its own. */
const sharedLetter = (command: CommandSpec | BuiltinCommand | undefined): FlagSpec | undefined =>
  COMMON_FLAGS.find((f) => f.short && command?.flags.some((own) => own.short === f.short));

/** Whether a word is the flag in its short form. */
const lettersOf = (word: string, { short }: FlagSpec): boolean => word === `-${short}` || word.startsWith(`-${short}=`);

/** A form of an answer after a letter that is the command's own would be sent as the value of the command's flag. */
function rejectSharedLetter(words: readonly string[], command: CommandSpec): void {
  const clash = sharedLetter(command);
  const own = command.flags.find((f) => f.short && f.short === clash?.short);
  if (!clash || !own || typeof clash.values !== 'object' || !('oneOf' in clash.values)) return;
  const { oneOf } = clash.values;
  for (const [at, word] of words.entries()) {
    if (word === '--') return;
    if (!lettersOf(word, clash)) continue;
    const value = word.length > 2 ? word.slice(3) : (words[at + 1] ?? '');
    if (!oneOf.some((known) => (known.endsWith('=') ? value.startsWith(known) : value === known))) continue;
    throw new Refusal(
      `-${own.short} ${value}: -${own.short} of ${command.name} is --${own.name}. Nothing was sent. For the ${clash.name}, use --${clash.name} ${value}`,
    );
  }
}

function parseCall(command: CommandSpec, words: readonly string[], registry: CommandRegistry): Invocation {
  const usage = (): string => commandUsage(command, registry.dialect);
  const flags = flagsOf(command, registry);
  const normalized = normalize(words, flags, () => `${singleDashHint(words)}${usage()}\n`);
  if (asksForHelp(normalized, () => `${usage()}\n`)) return { kind: 'help', text: commandHelp(command, registry.dialect, registry.place) };
  const invocation = byTree(command, command.name, normalized, registry, usage);
  rejectSharedLetter(words, command);
  rejectPlaceholders(normalized);
  if ((command.bulk || command.manyFiles) && normalized.args.length > 1) rejectSingleDash(words, flags, usage);
  return invocation;
}

function parseBuiltin(command: BuiltinCommand, words: readonly string[], registry: CommandRegistry): Invocation {
  if (command.afterDashes && words.length > 0 && !['--', '--help'].includes(words[0] as string))
    throw unknownCommand(command.name, registry);
  const usage = (): string => builtinHelp(command, registry.place);
  const flags = flagsOf(command, registry);
  const own = command.wrapsCommand ? untilWrapped(words, command, registry, usage) : goStyle(words, flags);
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

/** The words with `--` before the wrapped command. Flags of the wrapper after it, which that command does not have, move forward. */
function untilWrapped(words: readonly string[], wrapper: BuiltinCommand, registry: CommandRegistry, usage: () => string): string[] {
  const at = findWrapped(words, wrapper);
  if (at < 0) return goStyle(words, wrapper.flags);
  const { command } = commandAt(words, at, registry);
  const theirs = command ? flagsOf(command, registry) : [];
  const ours = wrapper.flags.filter((f) => !theirs.some((their) => their.name === f.name));
  const moved: string[] = [];
  const rest: string[] = [];
  for (let i = at; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--' || !command) {
      rest.push(...words.slice(i));
      break;
    }
    const [long] = goStyle([word], ours) as [string];
    const flag = ours.find((f) => long === `--${f.name}` || long.startsWith(`--${f.name}=`));
    const to = flag ? moved : rest;
    to.push(flag ? long : word);
    if (!word.startsWith('-') || word === '-' || !takesNext(long, flag ? ours : theirs)) continue;
    i += 1;
    if (i < words.length) to.push(words[i] as string);
    else if (flag) throw new UsageError(`flag needs an argument: ${long}`, `${usage()}\n`);
  }
  return [...goStyle(words.slice(0, at), wrapper.flags), ...moved, '--', ...rest];
}

/** A suggested line may be pasted with its placeholders still in it. */
function rejectPlaceholders({ args, flags }: NormalizedWords): void {
  const values = flags.map((flag) => flag.slice(flag.indexOf('=') + 1));
  const left = [...args, ...values].find(isPlaceholder);
  if (left !== undefined) throw new Refusal(`${left} is a placeholder. ${NOT_SENT}. Replace it with a value`);
}

/** pflag reads `-worker a` as `-w orker` plus an argument. If several arguments are allowed, the mistake would go unnoticed. */
function rejectSingleDash(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): void {
  const slip = flags.find((f) => f.short && !f.oneDash && words.some((w) => w === `-${f.name}` || w.startsWith(`-${f.name}=`)));
  if (slip) throw new UsageError(`-${slip.name} means -${slip.short} ${slip.name.slice(1)} here. Write --${slip.name}`, `${usage()}\n`);
}

/** After a command, long flags with one dash belong to the original. Before it, ours have them too. */
function singleDashHint(words: readonly string[]): string {
  const meant = COMMON_FLAGS.find((f) => !f.oneDash && words.some((w) => w.split('=')[0] === `-${f.name}`));
  return meant ? `After a command, write --${meant.name}.\n` : '';
}

/** The columns of a topic in a pipe. */
const TOPIC_COLUMNS = 80;

function helpFor(words: readonly string[], registry: CommandRegistry): Invocation {
  const { dialect, topics, elsewhere = [], place } = registry;
  const help = (text: string): Invocation => ({ kind: 'help', text });
  const usage = (): string => rootUsage(registry);
  const normalized = normalize(words, dialect.globalFlags, usage);
  const asked = asksForHelp(normalized, usage);
  const topic = normalized.args[0];
  if (asked || topic === 'help') return help(helpHelp(dialect, place));
  if (topic === undefined) return help(rootHelp(registry));
  const { command, name } = commandAt(normalized.args, 0, registry);
  if (command && 'method' in command) return help(commandHelp(command, dialect, place));
  const group = command ? undefined : groupNamed(name, registry);
  if (group) return help(groupHelp(group, registry));
  if (command) return help(builtinHelp(command, place));
  const found = topics.find((t) => t.name === topic);
  if (found) return { kind: 'help', text: joinParagraphs(found.text), columns: TOPIC_COLUMNS };
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

/** The original's commands by its own rule. If there are none, the words that leave the shell. If there are none, ours. */
function similarCommands(name: string, { dialect, builtins, leave = [] }: CommandRegistry): string[] {
  const names = (list: readonly { readonly name: string }[]): string[] => list.map((c) => c.name);
  const inDialect = suggestSimilar(name, names(dialect.commands));
  if (inDialect.length > 0) return inDialect;
  const leaving = leave.filter((word) => isSlipOf(name.toLowerCase(), word));
  return leaving.length > 0 ? leaving : nearestNames(name, names(builtins.filter((c) => !c.hidden)));
}

/** Whether all letters of a word were typed, one of them twice or in the wrong place, or all but one. `exat` is not `exit`. */
function isSlipOf(typed: string, word: string): boolean {
  const sorted = (text: string): string => [...text].sort().join('');
  return typingErrors(typed, word) <= 1 && (typed.length !== word.length || sorted(typed) === sorted(word));
}

function unavailable({ name, availability, instead }: BuiltinCommand): UsageError {
  return availability === 'lines'
    ? new UsageError(
        `${name} is only available at the prompt`,
        `${instead ?? "Run 'dmctl -master-addr host:port' without a command to start it."}\n`,
      )
    : new UsageError(`${name} is only available on the command line`, `Run 'dmctl ${name}' in another terminal.\n`);
}
