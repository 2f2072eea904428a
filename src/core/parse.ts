// From the words of a line to a command and its flags: cobra's way of finding the command, pflag's way of reading flags.

import { nearest } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import { isPlaceholder } from '../text/suggest.ts';
import { CountError, Refusal, UnknownTopic, UsageError } from './errors.ts';
import { type Catalogue, findCarried, findCommand, type OwnCommand } from './find-command.ts';
import { FlagError, goStyle, type Scanned, scanFlags } from './flags.ts';
import { LINE_FLAGS, LONG_LINE_FLAGS } from './form.ts';
import { commandHelp, commandUsage, helpHelp, ownHelp, rootHelp, rootUsage } from './help.ts';
import type { CommandSpec, FlagSpec } from './spec.ts';

/** A command and its flags, read but not yet handed over (see program.ts). */
interface Read {
  readonly scanned: Scanned;
  readonly flags: readonly FlagSpec[];
}

export type Parsed =
  | ({ readonly kind: 'call'; readonly command: CommandSpec } & Read)
  | ({ readonly kind: 'own'; readonly command: OwnCommand } & Read)
  | { readonly kind: 'help'; readonly text: string };

/** What the words need before they can run: a master, settings, or nothing (help, or words that cannot be read). */
export function needsOf(words: readonly string[], catalogue: Catalogue): 'master' | 'settings' | 'nothing' {
  try {
    const parsed = parse(words, catalogue);
    if (parsed.kind === 'help') return 'nothing';
    return parsed.kind === 'call' || parsed.command.needsMaster ? 'master' : 'settings';
  } catch {
    return 'nothing'; // whoever runs them says what is wrong
  }
}

/** Parses the words of one line or of one command line. Throws UsageError, Refusal. */
export function parse(words: readonly string[], catalogue: Catalogue): Parsed {
  const { dialect, own } = catalogue;
  const at = findCommand(words, dialect.globalFlags);
  if (at < 0) {
    rootFlags(words, catalogue);
    return { kind: 'help', text: rootHelp(dialect, own, catalogue.topics) };
  }
  const name = words[at] as string;
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  if (name === 'help') return { kind: 'help', text: helpFor(rest, catalogue) };
  const command = dialect.commands.find((c) => c.name === name);
  if (command) {
    const flags = flagsFor(command, dialect.globalFlags);
    const scanned = flagsOf(rest, flags, () => commandUsage(command, dialect));
    if (scanned.help) return { kind: 'help', text: commandHelp(command, dialect) };
    checkCount(command, scanned, () => commandUsage(command, dialect));
    refusePlaceholders(scanned);
    if (command.many && scanned.args.length > 1) refuseSingleDash(rest, flags, () => commandUsage(command, dialect));
    return { kind: 'call', command, scanned, flags };
  }
  const ours = own.find((c) => c.name === name);
  if (ours) {
    const flags = flagsFor(ours);
    const scanned = flagsOf(ours.wraps ? upToCarried(rest, ours) : goStyle(rest, flags), flags, () => ownHelp(ours));
    if (scanned.help) return { kind: 'help', text: ownHelp(ours) };
    checkCount(ours, scanned, () => ownHelp(ours));
    if (ours.needsMaster && !ours.wraps) refusePlaceholders(scanned);
    if (ours.wraps) {
      const carried = parse(scanned.args, catalogue); // what is wrong with it is told now
      if (carried.kind === 'help') return carried;
    }
    return { kind: 'own', command: ours, scanned, flags };
  }
  throw unknownCommand(name, catalogue);
}

/** All flags that a command takes; one list a command, so that what is made of it can be kept. */
function flagsFor(command: CommandSpec | OwnCommand, theirs: readonly FlagSpec[] = []): readonly FlagSpec[] {
  let flags = allFlags.get(command);
  if (!flags) {
    flags = [...theirs, ...command.flags, ...LONG_LINE_FLAGS];
    allFlags.set(command, flags);
  }
  return flags;
}

const allFlags = new WeakMap<CommandSpec | OwnCommand, readonly FlagSpec[]>();

/** What follows the name of a command that is carried belongs to that one: it is no flag of the carrier. */
function upToCarried(words: readonly string[], carrier: OwnCommand): string[] {
  const at = findCarried(words, carrier);
  if (at < 0) return goStyle(words, carrier.flags);
  return [...goStyle(words.slice(0, at), carrier.flags), '--', ...words.slice(at)];
}

function flagsOf(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): Scanned {
  try {
    return scanFlags(words, flags);
  } catch (e) {
    if (e instanceof FlagError) throw new UsageError(e.message, `${oneDash(words)}${usage()}\n`);
    throw e;
  }
}

/** A suggested line may have been copied before it was filled in. */
function refusePlaceholders({ args, values }: Scanned): void {
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
  const meant = LINE_FLAGS.find((f) => words.some((w) => [`-${f.name}`, `-${f.short}`].includes(w.split('=')[0] as string)));
  return meant ? `After a command it is --${meant.name}.\n` : '';
}

/** A line without a command may still have a flag that is wrong. */
function rootFlags(words: readonly string[], { dialect, own, topics }: Catalogue): void {
  flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, own, topics));
}

function helpFor(words: readonly string[], { dialect, own, topics }: Catalogue): string {
  const { args, help } = flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, own, topics));
  const topic = args[0];
  if (help || topic === 'help') return helpHelp(dialect);
  if (topic === undefined) return rootHelp(dialect, own, topics);
  const command = dialect.commands.find((c) => c.name === topic);
  if (command) return commandHelp(command, dialect);
  const ours = own.find((c) => c.name === topic);
  if (ours) return ownHelp(ours);
  const told = topics.find((t) => t.name === topic);
  if (told) return told.text;
  throw new UnknownTopic(topic, rootUsage(dialect, own, topics));
}

function unknownCommand(name: string, { dialect, own }: Catalogue): UsageError {
  const theirs = nearest(
    name,
    dialect.commands.map((c) => c.name),
  );
  const near = theirs.length
    ? theirs
    : nearest(
        name,
        own.filter((c) => !c.hidden).map((c) => c.name),
      );
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}\n` : '';
  return new UsageError(`unknown command ${goQuote(name)} for "dmctl"`, `${hint}Run 'dmctl --help' for usage.\n`);
}

function checkCount(command: CommandSpec | OwnCommand, { args, values }: Scanned, usage: () => string): void {
  const { most, names, unless = [] } = command.args;
  const least = unless.some((flag) => values.get(flag) === true) ? 0 : command.args.least;
  if (args.length >= least && args.length <= most) return;
  const count = least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `at most ${most}`;
  const takes = most === 0 ? 'takes no argument' : `takes ${count} argument${count.endsWith(' 1') || count === '1' ? '' : 's'}`;
  const missing = names.slice(args.length, least).join(', ');
  const extra = args.slice(most).map(goQuote).join(', ');
  const what = missing ? `${missing} is missing` : `${extra} is too much`;
  throw new CountError(`${command.name} ${takes}: ${what}`, usage());
}
