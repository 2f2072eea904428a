// The commander tree of the one command that a line names. It is grown once and parses each line anew.

import { Command, Option } from 'commander';
import type { FlagSpec, ParsedArgs } from '../command/spec.ts';
import type { FlagValue, ScannedFlags } from './pflag.ts';

interface Tree {
  readonly root: Command;
  /** What the action was given, after a parse. */
  readonly taken: { args: string[]; values: ReadonlyMap<string, FlagValue | undefined> };
}

/** Trees by their command's flags: commander 14 forgets the values of a parse before the next. */
const trees = new WeakMap<readonly FlagSpec[], Map<string, Tree>>();

/** Hands the scanned flags to a commander tree of this one command, and takes back what its action was given. */
export function parseWithCommander(name: string, scanned: ScannedFlags, flags: readonly FlagSpec[]): ParsedArgs {
  let byName = trees.get(flags);
  if (!byName) {
    byName = new Map();
    trees.set(flags, byName);
  }
  const tree = byName.get(name) ?? buildTree(name, flags);
  byName.set(name, tree);
  tree.root.parse([name, ...canonicalFlags(scanned), '--', JSON.stringify(scanned.args)], { from: 'user' });
  const { args, values } = tree.taken;
  return {
    args,
    targets: (values.get('worker') as string[] | undefined) ?? [],
    text: (flag) => (values.get(flag) as string | undefined) ?? '',
    on: (flag) => values.get(flag) === true,
  };
}

function buildTree(name: string, flags: readonly FlagSpec[]): Tree {
  const root = new Command('dmctl').exitOverride().helpCommand(false);
  const command = root.command(name).exitOverride().helpOption(false);
  command.argument('<args>', 'the arguments as a list', fromJson);
  for (const flag of flags) {
    const option = new Option(`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.kind === 'bool' ? '' : ' <value>'}`);
    command.addOption(flag.kind === 'strings' ? option.argParser(fromJson) : option);
  }
  const taken: Tree['taken'] = { args: [], values: new Map() };
  command.action((args: string[]) => {
    taken.args = args;
    taken.values = new Map(flags.map((f) => [f.name, command.getOptionValue(attribute(f.name)) as FlagValue | undefined]));
  });
  return { root, taken };
}

/** A list is one word for commander, which would take too long over many, or overflow. */
const fromJson = (list: string): string[] => JSON.parse(list);

/** The flags again, in the one form that commander reads as it was meant. */
function canonicalFlags(scanned: ScannedFlags): string[] {
  return [...scanned.values].flatMap(([name, value]) => {
    if (value === false) return [];
    if (value === true) return [`--${name}`];
    return [`--${name}=${Array.isArray(value) ? JSON.stringify(value) : value}`];
  });
}

/** The key under which commander keeps an option. */
function attribute(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
