// From the words of a line to a command and its flags: cobra's way of finding the command, pflag's way of reading flags.

import { CountError, Refusal, UnknownTopic, UsageError } from '../command/errors.ts';
import type { CommandSpec, FlagSpec } from '../command/spec.ts';
import { COMMON_FLAGS, LONG_COMMON_FLAGS } from '../output/format.ts';
import { goQuote } from '../text/quote.ts';
import { isPlaceholder } from '../text/suggested-command.ts';
import { type BuiltinCommand, type CommandRegistry, findCommand, findWrapped } from './find-command.ts';
import { builtinHelp, commandHelp, commandUsage, helpHelp, rootHelp, rootUsage } from './help.ts';
import { FlagError, goStyle, type ScannedFlags, scanFlags } from './pflag.ts';
import { suggestSimilar } from './suggest.ts';

/** A command and its flags, read but not yet handed over (see program.ts). */
interface Read {
  readonly scanned: ScannedFlags;
  readonly flags: readonly FlagSpec[];
}

export type Parsed =
  | ({ readonly kind: 'call'; readonly command: CommandSpec } & Read)
  | ({ readonly kind: 'own'; readonly command: BuiltinCommand } & Read)
  | { readonly kind: 'help'; readonly text: string };

/** What the words need before they can run: a master, settings, or nothing (help, or words that cannot be read). */
export function needsOf(words: readonly string[], registry: CommandRegistry): 'master' | 'settings' | 'nothing' {
  try {
    const parsed = parse(words, registry);
    if (parsed.kind === 'help') return 'nothing';
    return parsed.kind === 'call' || parsed.command.needsMaster ? 'master' : 'settings';
  } catch {
    return 'nothing'; // whoever runs them says what is wrong
  }
}

/** Parses the words of one line or of one command line. Throws UsageError, Refusal. */
export function parse(words: readonly string[], registry: CommandRegistry): Parsed {
  const { dialect, builtins } = registry;
  const at = findCommand(words, dialect.globalFlags);
  if (at < 0) {
    rootFlags(words, registry);
    return { kind: 'help', text: rootHelp(dialect, builtins, registry.topics) };
  }
  const name = words[at] as string;
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  if (name === 'help') return { kind: 'help', text: helpFor(rest, registry) };
  const command = dialect.commands.find((c) => c.name === name);
  if (command) {
    const flags = flagsFor(command, dialect.globalFlags);
    const scanned = flagsOf(rest, flags, () => commandUsage(command, dialect));
    if (scanned.help) return { kind: 'help', text: commandHelp(command, dialect) };
    checkCount(command, scanned, () => commandUsage(command, dialect));
    refusePlaceholders(scanned);
    if (command.bulk && scanned.args.length > 1) refuseSingleDash(rest, flags, () => commandUsage(command, dialect));
    return { kind: 'call', command, scanned, flags };
  }
  const ours = builtins.find((c) => c.name === name);
  if (ours) {
    const flags = flagsFor(ours);
    const scanned = flagsOf(ours.wrapsCommand ? upToCarried(rest, ours) : goStyle(rest, flags), flags, () => builtinHelp(ours));
    if (scanned.help) return { kind: 'help', text: builtinHelp(ours) };
    checkCount(ours, scanned, () => builtinHelp(ours));
    if (ours.needsMaster && !ours.wrapsCommand) refusePlaceholders(scanned);
    if (ours.wrapsCommand) {
      const wrapped = parse(scanned.args, registry); // what is wrong with it is told now
      if (wrapped.kind === 'help') return wrapped;
    }
    return { kind: 'own', command: ours, scanned, flags };
  }
  throw unknownCommand(name, registry);
}

/** All flags that a command takes; one list a command, so that what is made of it can be kept. */
function flagsFor(command: CommandSpec | BuiltinCommand, theirs: readonly FlagSpec[] = []): readonly FlagSpec[] {
  let flags = allFlags.get(command);
  if (!flags) {
    flags = [...theirs, ...command.flags, ...LONG_COMMON_FLAGS];
    allFlags.set(command, flags);
  }
  return flags;
}

const allFlags = new WeakMap<CommandSpec | BuiltinCommand, readonly FlagSpec[]>();

/** What follows the name of a command that is wrapped belongs to that one: it is no flag of the wrapper. */
function upToCarried(words: readonly string[], wrapper: BuiltinCommand): string[] {
  const at = findWrapped(words, wrapper);
  if (at < 0) return goStyle(words, wrapper.flags);
  return [...goStyle(words.slice(0, at), wrapper.flags), '--', ...words.slice(at)];
}

function flagsOf(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): ScannedFlags {
  try {
    return scanFlags(words, flags);
  } catch (e) {
    if (e instanceof FlagError) throw new UsageError(e.message, `${oneDash(words)}${usage()}\n`);
    throw e;
  }
}

/** A suggested line may have been copied before it was filled in. */
function refusePlaceholders({ args, values }: ScannedFlags): void {
  const given = [...args, ...[...values.values()].flat()];
  const left = given.find((value) => typeof value === 'string' && isPlaceholder(value));
  if (left !== undefined) throw new Refusal(`${left} stands for something: write that in its place; nothing was sent`);
}

/** `-worker a` is read as `-w orker` and a name more; where names may be many, nobody else would notice. */
function refuseSingleDash(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): void {
  const slip = flags.find((f) => f.short && words.some((w) => w === `-${f.name}` || w.startsWith(`-${f.name}=`)));
  if (slip) throw new UsageError(`-${slip.name} is read as -${slip.short} ${slip.name.slice(1)}; write --${slip.name}`, `${usage()}\n`);
}

/** The letters, and the long flags with one dash, belong to the original after a command; before it ours have them too. */
function oneDash(words: readonly string[]): string {
  const meant = COMMON_FLAGS.find((f) => words.some((w) => [`-${f.name}`, `-${f.short}`].includes(w.split('=')[0] as string)));
  return meant ? `After a command it is --${meant.name}.\n` : '';
}

/** A line without a command may still have a flag that is wrong. */
function rootFlags(words: readonly string[], { dialect, builtins, topics }: CommandRegistry): void {
  flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, builtins, topics));
}

function helpFor(words: readonly string[], { dialect, builtins, topics }: CommandRegistry): string {
  const { args, help } = flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, builtins, topics));
  const topic = args[0];
  if (help || topic === 'help') return helpHelp(dialect);
  if (topic === undefined) return rootHelp(dialect, builtins, topics);
  const command = dialect.commands.find((c) => c.name === topic);
  if (command) return commandHelp(command, dialect);
  const ours = builtins.find((c) => c.name === topic);
  if (ours) return builtinHelp(ours);
  const told = topics.find((t) => t.name === topic);
  if (told) return told.text;
  throw new UnknownTopic(topic, rootUsage(dialect, builtins, topics));
}

function unknownCommand(name: string, { dialect, builtins }: CommandRegistry): UsageError {
  const theirs = suggestSimilar(
    name,
    dialect.commands.map((c) => c.name),
  );
  const near = theirs.length
    ? theirs
    : suggestSimilar(
        name,
        builtins.filter((c) => !c.hidden).map((c) => c.name),
      );
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}\n` : '';
  return new UsageError(`unknown command ${goQuote(name)} for "dmctl"`, `${hint}Run 'dmctl --help' for usage.\n`);
}

function checkCount(command: CommandSpec | BuiltinCommand, { args, values }: ScannedFlags, usage: () => string): void {
  const { max, names, unless = [] } = command.args;
  const least = unless.some((flag) => values.get(flag) === true) ? 0 : command.args.min;
  if (args.length >= least && args.length <= max) return;
  const count = least === max ? String(least) : max === Number.POSITIVE_INFINITY ? `at least ${least}` : `at most ${max}`;
  const takes = max === 0 ? 'takes no argument' : `takes ${count} argument${count.endsWith(' 1') || count === '1' ? '' : 's'}`;
  const missing = names.slice(args.length, least).join(', ');
  const extra = args.slice(max).map(goQuote).join(', ');
  const what = missing ? `${missing} is missing` : `${extra} is too much`;
  throw new CountError(`${command.name} ${takes}: ${what}`, usage());
}
