// The table of commands from which the completion scripts are generated, as words of a command line.

import { isRepeatable } from '../../args/find-command.ts';
import { HELP_FLAG } from '../../args/pflag.ts';
import { endingsOf, FILE_ENDINGS, type FileValue } from '../../command/file-kinds.ts';
import type { CommandRegistry } from '../../command/registry.ts';
import type { CommandSpec, DependentKind, FlagSpec, ValueKind } from '../../command/spec.ts';

export interface FlagRow {
  /** Its spellings: ['--worker', '-w']. */
  readonly words: readonly string[];
  readonly spec: FlagSpec;
  readonly about: string;
}

export interface CommandRow {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly FlagRow[];
  /** The kind of its arguments. */
  readonly kinds: readonly ValueKind[];
  /** Whether another command follows it. */
  readonly wraps: boolean;
}

export interface CommandTable {
  /** Flags of the program, before a command. */
  readonly program: readonly FlagRow[];
  /** The same after a command. */
  readonly later: readonly FlagRow[];
  readonly commands: readonly CommandRow[];
}

/** Builds the table. */
export function commandTable({ dialect, builtins, topics }: CommandRegistry, program: readonly FlagSpec[]): CommandTable {
  /** A kind that a script can complete itself or ask dmctl for. Kinds that depend on another argument work only at the prompt. */
  const fixedKind = (kind: ValueKind | DependentKind): ValueKind => {
    if (kind === 'error-code') return { oneOf: dialect.errorCodes.map(String) };
    return kind === 'position' || kind === 'sql' || (typeof kind === 'object' && 'after' in kind) ? 'none' : kind;
  };
  const row = (
    name: string,
    about: string,
    flags: readonly FlagSpec[],
    kinds: CommandSpec['args']['kinds'] = [],
    wraps = false,
  ): CommandRow => ({
    name,
    about,
    flags: [...flags, HELP_FLAG].map((spec) => flagRow(spec, [`--${spec.name}`, ...(spec.short ? [`-${spec.short}`] : [])])),
    kinds: kinds.map(fixedKind),
    wraps,
  });
  const global = (takesTargets: boolean): readonly FlagSpec[] =>
    dialect.globalFlags.filter((f) => takesTargets || f.name !== dialect.targetSelector.name);
  const wrapped: ValueKind = {
    oneOf: [...dialect.commands, ...builtins]
      .filter(isRepeatable)
      .map((c) => c.name)
      .sort(),
  };
  const commands = [
    ...dialect.commands.map((c) => row(c.name, c.summary, [...global(c.takesTargets), ...c.flags], c.args.kinds)),
    ...builtins
      .filter((c) => !c.hidden)
      .map((c) => row(c.name, c.summary, c.flags, c.wrapsCommand ? [wrapped] : c.args.kinds, c.wrapsCommand)),
  ];
  const groups = [...subcommands(commands)].map(([name, oneOf]) => row(name, `${name} ${oneOf.join(', ')}`, [], [{ oneOf }]));
  const all = [...commands.filter((c) => !groups.some((g) => g.name === c.name)), ...groups];
  const names = all.map((c) => c.name).filter((name) => !name.includes(' '));
  const help = row('help', 'Help about any command', [], [{ oneOf: [...names, 'help', ...topics.map((t) => t.name)].sort() }]);
  return {
    later: program.filter((f) => f.name.length > 1).map((spec) => flagRow(spec, [`--${spec.name}`])),
    program: [...program, HELP_FLAG].map((spec) =>
      flagRow(spec, [`-${spec.name}`, `--${spec.name}`, ...(spec.short ? [`-${spec.short}`] : [])]),
    ),
    commands: [...all, help].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The second words of the names that have two (`config show`), by the first. */
export function subcommands(commands: readonly { readonly name: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of commands) {
    const [group = '', second] = name.split(' ');
    if (second !== undefined) groups.set(group, [...(groups.get(group) ?? []), second]);
  }
  return groups;
}

/** The commands that the first word of a line can name. */
export function topLevel(commands: readonly CommandRow[]): CommandRow[] {
  return commands.filter((c) => !c.name.includes(' '));
}

/** The commands with their names as patterns of a POSIX shell or zsh. */
export function withPatterns(commands: readonly CommandRow[]): CommandRow[] {
  return commands.map((c) => (c.name.includes(' ') ? { ...c, name: shellQuote(c.name) } : c));
}

/** The lines of a `case` over COMMAND:WORD that set a variable to the name of two words. */
export function joinCases(commands: readonly CommandRow[], variable: string): string {
  const pairs = [...subcommands(commands)].flatMap(([group, seconds]) => seconds.map((second) => [group, second] as const));
  return pairs.map(([group, second]) => `      ${group}:${second}) ${variable}=${shellQuote(`${group} ${second}`)} ;;\n`).join('');
}

function flagRow(spec: FlagSpec, words: readonly string[]): FlagRow {
  return { words, spec, about: aboutFlag(spec) };
}

/** The first sentence of a help text. */
function aboutFlag(spec: FlagSpec): string {
  const text = spec === HELP_FLAG ? 'help' : spec.usage.replaceAll('`', '');
  return (/^.*?(?=\. |; |: |$)/s.exec(text)?.[0] ?? text).replaceAll('\n', ' ');
}

/** Kinds that are not names of the cluster. An error code is treated as one: the script asks dmctl. */
const NEVER_LIVE: ReadonlySet<ValueKind> = new Set([...(Object.keys(FILE_ENDINGS) as FileValue[]), 'position', 'sql', 'none']);

/** How a script completes the value of each flag: from a list, with files, or by asking dmctl. */
export function valueWays(flags: readonly FlagRow[]): {
  files: string[];
  live: string[];
  lists: { words: readonly string[]; oneOf: readonly string[] }[];
} {
  const values = flags.map(({ spec, words }) => ({ words, kind: spec.kind === 'bool' ? undefined : spec.values }));
  const of = (wanted: (kind: ValueKind | undefined) => boolean): string[] => values.flatMap((v) => (wanted(v.kind) ? v.words : []));
  return {
    files: of((kind) => endingsOf(kind) !== undefined),
    live: of((kind) => typeof kind === 'string' && !NEVER_LIVE.has(kind)),
    lists: values.flatMap(({ words, kind }) => (typeof kind === 'object' ? [{ words, oneOf: kind.oneOf }] : [])),
  };
}

/** The flags that take a value. */
export function valued(flags: readonly FlagRow[]): FlagRow[] {
  return flags.filter((f) => f.spec.kind !== 'bool');
}

/** Whether the first argument is a file. */
export function takesFile({ kinds }: CommandRow): boolean {
  return endingsOf(kinds[0]) !== undefined;
}

/** The commands whose first argument is a file, by its endings: a pattern of alternatives such as `yaml|yml`, empty for every file. */
export function byEndings(commands: readonly CommandRow[]): ReadonlyMap<string, readonly CommandRow[]> {
  const found = new Map<string, CommandRow[]>();
  for (const command of commands.filter(takesFile)) {
    const endings = endingsOf(command.kinds[0])?.join('|') ?? '';
    found.set(endings, [...(found.get(endings) ?? []), command]);
  }
  return found;
}

/** A text in single quotes, as the POSIX shells and zsh read it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
