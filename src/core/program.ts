// From the words of a line to a command and what it was given: cobra's way of finding the command, pflag's way of
// reading flags, and a fresh commander tree that holds and runs the one command that the line names.

import { Command, Option } from 'commander';
import { nearest } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import { CountError, UnknownTopic, UsageError } from './errors.ts';
import { type Catalogue, findCommand, type OwnCommand } from './find-command.ts';
import { FlagError, type FlagValue, type Scanned, scanFlags } from './flags.ts';
import { commandHelp, commandUsage, helpHelp, ownHelp, rootHelp, rootUsage } from './help.ts';
import type { CommandSpec, FlagSpec, Given } from './spec.ts';

export type Parsed =
  | { readonly kind: 'call'; readonly command: CommandSpec; readonly given: Given }
  | { readonly kind: 'own'; readonly command: OwnCommand; readonly given: Given }
  | { readonly kind: 'help'; readonly text: string };

/** Parses the words of one line or of one command line. Throws UsageError. */
export function parse(words: readonly string[], catalogue: Catalogue): Parsed {
  const { dialect, own } = catalogue;
  const at = findCommand(words, dialect.globalFlags);
  if (at < 0) {
    rootFlags(words, catalogue);
    return { kind: 'help', text: rootHelp(dialect, own) };
  }
  const name = words[at] as string;
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  if (name === 'help') return { kind: 'help', text: helpFor(rest, catalogue) };
  const command = dialect.commands.find((c) => c.name === name);
  if (command) {
    const scanned = flagsOf(rest, [...dialect.globalFlags, ...command.flags], () => commandUsage(command, dialect));
    if (scanned.help) return { kind: 'help', text: commandHelp(command, dialect) };
    checkCount(command, scanned.args, commandUsage(command, dialect));
    return { kind: 'call', command, given: given(name, scanned, [...dialect.globalFlags, ...command.flags]) };
  }
  const ours = own.find((c) => c.name === name);
  if (ours) {
    const scanned = flagsOf(goStyle(rest, ours.flags), ours.flags, () => ownHelp(ours));
    if (scanned.help) return { kind: 'help', text: ownHelp(ours) };
    checkCount(ours, scanned.args, ownHelp(ours));
    return { kind: 'own', command: ours, given: given(name, scanned, ours.flags) };
  }
  throw unknownCommand(name, catalogue);
}

/** The flags of our own commands may be written with one dash, as those of the program. */
function goStyle(words: readonly string[], flags: readonly FlagSpec[]): string[] {
  const single = (word: string): boolean => flags.some((f) => word === `-${f.name}` || word.startsWith(`-${f.name}=`));
  return words.map((word) => (single(word) ? `-${word}` : word));
}

function flagsOf(words: readonly string[], flags: readonly FlagSpec[], usage: () => string): Scanned {
  try {
    return scanFlags(words, flags);
  } catch (e) {
    if (e instanceof FlagError) throw new UsageError(e.message, `${usage()}\n`);
    throw e;
  }
}

/** A line without a command may still have a flag that is wrong. */
function rootFlags(words: readonly string[], { dialect, own }: Catalogue): void {
  flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, own));
}

function helpFor(words: readonly string[], { dialect, own }: Catalogue): string {
  const { args, help } = flagsOf(words, dialect.globalFlags, () => rootUsage(dialect, own));
  const topic = args[0];
  if (help || topic === 'help') return helpHelp(dialect);
  if (topic === undefined) return rootHelp(dialect, own);
  const command = dialect.commands.find((c) => c.name === topic);
  if (command) return commandHelp(command, dialect);
  const ours = own.find((c) => c.name === topic);
  if (ours) return ownHelp(ours);
  throw new UnknownTopic(topic, rootUsage(dialect, own));
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
        own.map((c) => c.name),
      );
  const hint = near.length ? `\nDid you mean this?\n${near.map((n) => `\t${n}\n`).join('')}\n` : '';
  return new UsageError(`unknown command ${goQuote(name)} for "dmctl"`, `${hint}Run 'dmctl --help' for usage.\n`);
}

function checkCount(command: CommandSpec | OwnCommand, args: readonly string[], usage: string): void {
  const { least, most, names } = command.args;
  if (args.length >= least && args.length <= most) return;
  const count = least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `at most ${most}`;
  const takes = most === 0 ? 'takes no argument' : `takes ${count} argument${count.endsWith(' 1') || count === '1' ? '' : 's'}`;
  const missing = names.slice(args.length, least).join(', ');
  const extra = args.slice(most).map(goQuote).join(', ');
  const what = missing ? `${missing} is missing` : `${extra} is too much`;
  throw new CountError(`${command.name} ${takes}: ${what}`, usage);
}

/** Hands the scanned flags to a commander tree of this one command, and takes back what its action was given. */
function given(name: string, scanned: Scanned, flags: readonly FlagSpec[]): Given {
  let result: Given | undefined;
  const root = new Command('dmctl').exitOverride().helpCommand(false);
  const command = root.command(name).exitOverride().helpOption(false).argument('[args...]');
  for (const flag of flags) {
    const option = new Option(`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.kind === 'bool' ? '' : ' <value>'}`);
    command.addOption(flag.kind === 'strings' ? option.argParser((v: string, all: string[] = []) => [...all, v]) : option);
  }
  command.action((args: string[]) => {
    const values = new Map(flags.map((f) => [f.name, command.getOptionValue(attribute(f.name)) as FlagValue | undefined]));
    result = {
      args,
      workers: (values.get('worker') as string[] | undefined) ?? [],
      text: (flag) => (values.get(flag) as string | undefined) ?? '',
      on: (flag) => values.get(flag) === true,
    };
  });
  root.parse([name, ...canonical(scanned), '--', ...scanned.args], { from: 'user' });
  return result as unknown as Given;
}

/** The flags again, in the one form that commander reads as it was meant. */
function canonical(scanned: Scanned): string[] {
  return [...scanned.values].flatMap(([name, value]) => {
    if (value === false) return [];
    if (value === true) return [`--${name}`];
    return Array.isArray(value) ? value.map((v) => `--${name}=${v}`) : [`--${name}=${value}`];
  });
}

/** The key under which commander keeps an option. */
function attribute(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
