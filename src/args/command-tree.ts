// The commander tree of a registry: one command per declaration, with its options and arguments. It parses each line
// once, and the program runs what its action returns.

import { Command, CommanderError, Option } from 'commander';
import { UsageError } from '../command/errors.ts';
import { type FlagSpec, type FlagValue, flagKey, type ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand, CommandRegistry } from '../command/registry.ts';
import type { CommandSpec, Dialect } from '../command/spec.ts';
import { goQuote } from '../text/quote.ts';
import { COMMON_FLAGS, commonFlagsBeside } from './common-flags.ts';
import { flagParser } from './flag-value.ts';
import { normalizeFlags } from './pflag.ts';
import { PROGRAM_FLAGS, programFlagParser } from './program-flags.ts';

/** What commander found in a line. */
export interface TreeResult {
  readonly command: CommandSpec | BuiltinCommand;
  readonly parsed: ParsedArgs;
}

interface Tree {
  readonly root: Command;
  readonly commands: ReadonlyMap<CommandSpec | BuiltinCommand, Command>;
  /** Commands whose options were added. Options are created on first use, because most runs use one command. */
  readonly prepared: Set<Command>;
  /** Set by the action of the command that was named. */
  result: TreeResult | undefined;
}

/** One tree per registry. commander resets the parsed values before each parse. */
const trees = new WeakMap<CommandRegistry, Tree>();

/** commander spreads the arguments into calls, which would overflow the stack for a very long list. */
const MAX_ARGUMENTS = 20_000;

/** All flags of a command: the dialect's, its own, and those that every command takes. */
export function flagsOf(command: CommandSpec | BuiltinCommand, { dialect }: CommandRegistry): readonly FlagSpec[] {
  const flags = [...dialectFlags(command, dialect), ...command.flags];
  return [...flags, ...commonFlagsBeside(flags)];
}

const dialectFlags = (command: CommandSpec | BuiltinCommand, dialect: Dialect): readonly FlagSpec[] =>
  'method' in command ? dialect.globalFlags : command.targetUsage ? [targetFlag(command.targetUsage, dialect)] : [];

/** The target selector of the generation as a flag of a built-in command. */
export const targetFlag = (usage: string, { targetSelector }: Dialect): FlagSpec => ({ ...targetSelector, usage, extension: true });

/** The words of a line after pflag.ts has normalized its flags. */
export interface TreeWords {
  /** The name of the command; undefined if the line has none. */
  readonly command: CommandSpec | BuiltinCommand | undefined;
  /** The name as typed. */
  readonly name: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
}

/**
 * Parses a line by the tree.
 * @throws UnknownCommand; WrongCount for a number of arguments that the command does not take; FlagError for a value
 * that cannot be read
 */
export function parseByTree({ command, name, flags, args }: TreeWords, registry: CommandRegistry): TreeResult {
  if (args.length > MAX_ARGUMENTS) {
    if (command && args.length > mostArguments(command)) throw new WrongCount(command, args);
    throw new UsageError(`too many arguments: ${args.length}. The maximum is ${MAX_ARGUMENTS}`);
  }
  const tree = treeOf(registry);
  if (command) prepareOptions(tree, command, registry);
  tree.result = undefined;
  try {
    tree.root.parse([...name.split(' '), ...flags, '--', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.unknownCommand' || !command) throw new UnknownCommand(name);
    const node = tree.commands.get(command);
    throw new WrongCount(command, args, node && { ...valuesOf(command, node, registry), args });
  }
  if (!tree.result) throw new Error(`no command ran for ${name}`);
  return tree.result;
}

/** No command has this name. */
export class UnknownCommand extends Error {}

/** The command does not take this number of arguments. */
export class WrongCount extends Error {
  /** What was given, if there are too few arguments. */
  readonly incomplete: ParsedArgs | undefined;
  constructor({ name, args: { min, max, names } }: CommandSpec | BuiltinCommand, args: readonly string[], parsed?: ParsedArgs) {
    const count = min === max ? String(min) : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `at most ${max}`;
    const takes = max === 0 ? 'takes no argument' : `takes ${count} argument${count.endsWith(' 1') || count === '1' ? '' : 's'}`;
    const missing = names.slice(args.length, min);
    const extra = args.slice(max).map(goQuote).join(', ');
    const lacks = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
    super(`${name} ${takes}: ${missing.length > 0 ? lacks : `unexpected ${extra}`}`);
    this.incomplete = args.length < min ? parsed : undefined;
  }
}

/**
 * Parses the program's own flags, as program-flags.ts normalizes them: the options of the tree's root.
 * @returns the last text of each flag that was given, bools as 'true' and 'false'
 * @throws ProgramFlagError for a bool that cannot be read
 */
export function parseProgramFlags(flags: readonly string[], registry: CommandRegistry): ReadonlyMap<string, string> {
  const { root } = treeOf(registry);
  root.parseOptions([...flags]);
  return givenTexts(PROGRAM_FLAGS, root);
}

/** The texts of the flags that were given, by name; bools as 'true' and 'false'. */
function givenTexts(flags: readonly FlagSpec[], command: Command): ReadonlyMap<string, string> {
  const given = flags.map((f) => [f.name, command.getOptionValue(flagKey(f.name)) as FlagValue | undefined] as const);
  return new Map(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])));
}

function treeOf(registry: CommandRegistry): Tree {
  let tree = trees.get(registry);
  if (!tree) {
    tree = buildTree(registry);
    trees.set(registry, tree);
  }
  return tree;
}

function buildTree(registry: CommandRegistry): Tree {
  const root = silent(new Command('dmctl')).helpCommand(false).enablePositionalOptions(); // what follows a command is its own
  for (const flag of PROGRAM_FLAGS) root.addOption(new Option(`--${flag.name} <value>`).argParser(programFlagParser(flag)));
  const commands = new Map<CommandSpec | BuiltinCommand, Command>();
  const tree: Tree = { root, commands, prepared: new Set(), result: undefined };
  for (const spec of [...registry.dialect.commands, ...registry.builtins]) {
    const command = groupOf(spec.name, root).command(spec.name.split(' ').at(-1) as string);
    silent(command).allowExcessArguments(false);
    for (const argument of argumentsOf(spec)) command.argument(argument);
    command.action(() => {
      tree.result = { command: spec, parsed: parsedArgs(spec, command, registry) };
    });
    commands.set(spec, command);
  }
  return tree;
}

/** Errors are thrown instead of printed, and help is ours, because its texts are the original's. */
const silent = (command: Command): Command =>
  command
    .exitOverride()
    .helpOption(false)
    .configureOutput({ writeErr: () => {}, outputError: () => {} });

/** The parent of a name such as `config show`: the group `config`, or the root. */
function groupOf(name: string, root: Command): Command {
  let group = root;
  for (const part of name.split(' ').slice(0, -1)) {
    group = group.commands.find((c) => c.name() === part) ?? silent(group.command(part)).helpCommand(false);
  }
  return group;
}

function prepareOptions(tree: Tree, spec: CommandSpec | BuiltinCommand, registry: CommandRegistry): void {
  const command = tree.commands.get(spec);
  if (!command || tree.prepared.has(command)) return;
  tree.prepared.add(command);
  addOptions(command, flagsOf(spec, registry));
}

function addOptions(command: Command, flags: readonly FlagSpec[]): void {
  for (const flag of flags) command.addOption(new Option(`--${flag.name} <value>`).argParser(flagParser(flag)));
}

/**
 * Parses flags without a command. Returns the values by key.
 * @throws FlagError for a flag that is unknown, lacks its value, or has one that cannot be read
 */
export function parseFlags(words: readonly string[], known: readonly FlagSpec[]): Readonly<Record<string, FlagValue | undefined>> {
  const command = silent(new Command());
  addOptions(command, known);
  command.parseOptions(normalizeFlags(words, known).flags);
  return command.opts();
}

/** The number of arguments that some line of a command can take. */
export function mostArguments({ args: { max, many } }: Pick<CommandSpec | BuiltinCommand, 'args'>): number {
  return many ? Number.POSITIVE_INFINITY : max;
}

/** Whether a line has a flag that the original does not have. */
function hasOwnFlag({ flags }: CommandSpec | BuiltinCommand, { given, common }: ParsedArgs): boolean {
  return common.size > 0 || flags.some((flag) => flag.extension && given.has(flag.name));
}

/** The arguments in commander's notation. Arguments that a flag can replace are optional here; the action counts them. */
function argumentsOf({ args }: Pick<CommandSpec | BuiltinCommand, 'args'>): string[] {
  const { min, unless = [] } = args;
  const max = mostArguments({ args });
  const count = max === Number.POSITIVE_INFINITY ? Math.max(1, min) : max;
  return Array.from({ length: count }, (_, at) => {
    const variadic = max === Number.POSITIVE_INFINITY && at === count - 1 ? '...' : '';
    return at < min && unless.length === 0 ? `<arg${at}${variadic}>` : `[arg${at}${variadic}]`;
  });
}

function parsedArgs(spec: CommandSpec | BuiltinCommand, command: Command, registry: CommandRegistry): ParsedArgs {
  const { min, max, unless = [] } = spec.args;
  const parsed = { args: command.args, ...valuesOf(spec, command, registry) };
  const { args, flags } = parsed;
  if (args.length > max && !hasOwnFlag(spec, parsed)) throw new WrongCount(spec, args);
  if (args.length < min && !unless.some((name) => flags[flagKey(name)] === true)) throw new WrongCount(spec, args, parsed);
  return parsed;
}

/** The value of a flag that was not given and has no default. */
const EMPTY: Readonly<Record<FlagSpec['kind'], FlagValue>> = { bool: false, strings: [], string: '', int: 0 };

/** The values of all flags as commander holds them. Flags that were not given have their defaults. */
function valuesOf(spec: CommandSpec | BuiltinCommand, command: Command, { dialect }: CommandRegistry): Omit<ParsedArgs, 'args'> {
  const value = (flag: FlagSpec): FlagValue => {
    const given = command.getOptionValue(flagKey(flag.name)) as FlagValue | undefined;
    return given ?? flag.default ?? EMPTY[flag.kind];
  };
  const values = (flags: readonly FlagSpec[]): Record<string, FlagValue> =>
    Object.fromEntries(flags.map((flag) => [flagKey(flag.name), value(flag)]));
  const selector = [...dialectFlags(spec, dialect), ...spec.flags].find((f) => f.name === dialect.targetSelector.name);
  return {
    targets: selector ? (value(selector) as readonly string[]) : [],
    flags: values(spec.flags),
    given: new Set(
      [...dialectFlags(spec, dialect), ...spec.flags]
        .filter((f) => command.getOptionValue(flagKey(f.name)) !== undefined)
        .map((f) => f.name),
    ),
    common: givenTexts(COMMON_FLAGS, command),
  };
}
