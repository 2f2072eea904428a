// One table of commands for the completion scripts: a script is made once, for DM-masters of every release.

import type { CommandRegistry } from '../../command/registry.ts';
import type { CommandSpec, FlagSpec } from '../../command/spec.ts';

/** The commands of several registries. A command that several have takes the flags of each. The first one describes it. */
export function mergeRegistries([first, ...others]: readonly [CommandRegistry, ...CommandRegistry[]]): CommandRegistry {
  const commands = new Map<string, CommandSpec>();
  for (const { dialect } of [first, ...others]) {
    for (const command of dialect.commands) {
      const known = commands.get(command.name);
      if (command.hidden && !known) continue;
      const own = [...(command.takesTargets ? dialect.globalFlags : []), ...command.flags];
      commands.set(command.name, { ...(known ?? command), flags: union(known?.flags ?? [], own), takesTargets: false });
    }
  }
  const errorCodes = [...new Set([first, ...others].flatMap(({ dialect }) => dialect.errorCodes))].sort();
  const builtins = first.builtins.filter(({ name }) => !commands.has(name));
  return { ...first, builtins, dialect: { ...first.dialect, commands: [...commands.values()], globalFlags: [], errorCodes } };
}

const union = (known: readonly FlagSpec[], more: readonly FlagSpec[]): FlagSpec[] => [
  ...known,
  ...more.filter(({ name }) => !known.some((flag) => flag.name === name)),
];
