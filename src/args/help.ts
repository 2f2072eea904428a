// Help and usage texts in the layout of cobra and pflag. Our additions form blocks of their own after the original's, so
// that no line of the original moves.

import type { CommandRegistry, HelpEntry } from '../command/registry.ts';
import type { CommandGroup, CommandSpec, Dialect, FlagSpec } from '../command/spec.ts';
import type { Place } from '../text/suggested-command.ts';
import { COMMON_FLAGS } from './common-flags.ts';
import { HELP_FLAG } from './pflag.ts';

const KINDS: Readonly<Record<FlagSpec['kind'], string>> = { string: 'string', bool: '', strings: 'strings', int: 'int' };

/** A block of flags sorted by name. The texts are aligned behind the longest flag. */
export function flagUsages(flags: readonly FlagSpec[]): string {
  const rows = [...flags]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => {
      const named = /`([^`]*)`/.exec(flag.usage);
      const kind = named?.[1] ?? KINDS[flag.kind];
      const head = `${flag.short ? `  -${flag.short}, ` : '      '}--${flag.name}${kind ? ` ${kind}` : ''}`;
      const usage = named ? flag.usage.replace(named[0], named[1] as string) : flag.usage;
      return [head, `${usage}${defaultText(flag)}`] as const;
    });
  const width = Math.max(...rows.map(([head]) => head.length));
  return rows.map(([head, text]) => `${head.padEnd(width)}   ${text}\n`).join('');
}

/** The default as pflag shows it. */
function defaultText({ default: value }: FlagSpec): string {
  if (value === undefined || value === false) return '';
  return ` (default ${typeof value === 'string' ? JSON.stringify(value) : value})`;
}

function columns(entries: readonly { name: string; summary: string }[], least = 0): string {
  const width = Math.max(least, ...entries.map((e) => e.name.length));
  return entries.map((e) => `  ${e.name.padEnd(width)} ${e.summary}\n`).join('');
}

/** The usage block of one command. */
export function commandUsage(command: CommandSpec, dialect: Dialect, place?: Place): string {
  const theirs = command.flags.filter((f) => !f.extension && !f.hidden);
  const own = [{ ...HELP_FLAG, usage: `help for ${command.name.split(' ').at(-1)}` }, ...theirs.filter((f) => !f.ofGroup)];
  const ours = command.flags.filter((f) => f.extension);
  const line = `${command.name}${command.usage ? ` ${command.usage}` : ''}`;
  const members = membersOf(command.name, dialect.commands);
  return [
    `Usage:\n  dmctl ${line} [flags]\n${members.length ? `  dmctl ${command.name} [command]\n` : ''}`,
    command.aliases ? `\nAliases:\n  ${[command.name, ...command.aliases].join(', ')}\n` : '',
    members.length ? `\nAvailable Commands:\n${columns(members, 11)}` : '',
    `\nFlags:\n${flagUsages(own)}`,
    `\nGlobal Flags:\n${flagUsages([...globalFlags(dialect, place), ...theirs.filter((f) => f.ofGroup)])}`,
    command.moreUsage ? `\nMore usage:\n${command.moreUsage.map((args) => `  dmctl ${command.name} ${args}\n`).join('')}` : '',
    ours.length ? `\nMore flags:\n${flagUsages(ours)}` : '',
    members.length ? moreAbout(`dmctl ${command.name}`) : '',
  ].join('');
}

const globalFlags = ({ globalFlags, programFlags = [] }: Dialect, place: Place | undefined): readonly FlagSpec[] =>
  place === 'shell' ? [...globalFlags, ...programFlags] : globalFlags;

const moreAbout = (name: string): string => `\nUse "${name} [command] --help" for more information about a command.\n`;

/** The listed commands of a group, by their last word. */
function membersOf(
  group: string,
  commands: readonly { name: string; summary: string; hidden?: boolean }[],
): { name: string; summary: string }[] {
  return commands
    .filter((c) => !c.hidden && c.name.startsWith(`${group} `) && c.name.split(' ').length === group.split(' ').length + 1)
    .map((c) => ({ name: c.name.slice(group.length + 1), summary: c.summary }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The help of a group of commands. Our own commands of the group come last. */
export function groupHelp(group: CommandGroup, { dialect, builtins, place }: Listed): string {
  const members = membersOf(group.name, dialect.commands);
  const ours = membersOf(group.name, builtins);
  return [
    `${group.summary}\n\nUsage:\n  dmctl ${group.name} [command]\n`,
    members.length ? `\nAvailable Commands:\n${columns(members, 11)}` : '',
    `\nFlags:\n${flagUsages([{ ...HELP_FLAG, usage: `help for ${group.name}` }, ...group.flags])}`,
    `\nGlobal Flags:\n${flagUsages(globalFlags(dialect, place))}`,
    moreAbout(`dmctl ${group.name}`),
    ours.length ? `\nMore commands:\n${columns(ours, 11)}` : '',
  ].join('');
}

/** What `help <command>` and `<command> --help` print. */
export function commandHelp(command: CommandSpec, dialect: Dialect, place?: Place): string {
  return `${command.summary}\n\n${commandUsage(command, dialect, place)}${EVERYWHERE}${examplesOf(command.examples, place)}`;
}

/** Flags that every command takes. Only their names are listed: `help output` explains them. */
const EVERYWHERE = `\nFlags of every command (help output):\n  ${COMMON_FLAGS.map((f) => `--${f.name}`).join(' ')}\n`;

/** Examples as they can be pasted: with the name of the program in a shell of the system. */
function examplesOf(lines: readonly string[] = [], place: Place = 'prompt'): string {
  const typed = lines.map((line) => (place === 'shell' && !/\bdmctl\b/.test(line) ? `dmctl ${line}` : line));
  return typed.length ? `\nExamples:\n${typed.map((line) => `  ${line}\n`).join('')}` : '';
}

/** The help of one of our own commands. */
export function builtinHelp(command: HelpEntry, place?: Place): string {
  const flags = [{ ...HELP_FLAG, usage: `help for ${command.name}` }, ...command.flags];
  return `${command.summary}\n\nUsage:\n  dmctl ${command.name}${command.usage ? ` ${command.usage}` : ''}\n\nFlags:\n${flagUsages(flags)}${EVERYWHERE}${examplesOf(command.examples, place)}`;
}

/** The help of `help` itself, with cobra's texts. */
export function helpHelp(dialect: Dialect, place: Place | undefined): string {
  return [
    'Help provides help for any command in the application.\n',
    'Simply type dmctl help [path to command] for full details.\n\n',
    'Usage:\n  dmctl help [command] [flags]\n',
    `\nFlags:\n${flagUsages([{ ...HELP_FLAG, usage: 'help for help' }])}`,
    `\nGlobal Flags:\n${flagUsages(globalFlags(dialect, place))}`,
  ].join('');
}

/** The usage of the whole program: the original's commands and flags, then ours. */
export function rootUsage({ dialect, builtins, topics, place }: Listed): string {
  const { commands, groups = [] } = dialect;
  const help = { name: 'help', summary: dialect.helpSummary };
  const listed = [...commands.filter((c) => !c.hidden && !c.name.includes(' ')), ...groups, help].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const flags = [{ ...HELP_FLAG, usage: 'help for dmctl' }, ...globalFlags(dialect, place)];
  const shown = builtins.filter((c) => !c.hidden);
  return [
    `Usage:\n${place === 'shell' && dialect.programFlags ? '  dmctl [flags]\n' : ''}  dmctl [command]\n`,
    `\nAvailable Commands:\n${columns(listed)}`,
    `\nFlags:\n${flagUsages(flags)}`,
    moreAbout('dmctl'),
    shown.length ? `\nMore commands:\n${columns(shown, 11)}` : '',
    topics.length ? `\nMore help (help <topic>):\n${columns(topics, 11)}` : '',
  ].join('');
}

/** What the help of the program lists. */
export type Listed = Pick<CommandRegistry, 'dialect' | 'builtins' | 'topics' | 'place'>;

/** What `help` prints. */
export function rootHelp(listed: Listed): string {
  return `DM control\n\n${rootUsage(listed)}`;
}

/** The help of one generation or group of releases, without a master to say which of them counts. */
export interface HelpSection {
  /** Such as `DM 1.0`. */
  readonly title: string;
  readonly text: string;
  /** The text without our own commands and topics. */
  readonly theirs: string;
}

/**
 * The help of several generations in one text. The first one is complete. The others have a title, and leave out our own
 * commands and blocks that do not differ.
 */
export function joinHelp([first, ...others]: readonly HelpSection[]): string {
  if (!first) return '';
  const different = others.filter(({ text }, i) => text !== first.text && others.findIndex((o) => o.text === text) === i);
  const printed = new Set(blocksOf(first.text));
  const more = different.map(({ title, theirs }) => {
    const own = blocksOf(theirs).filter((block) => !(SHARED.test(block) && printed.has(block)));
    for (const block of own) printed.add(block);
    return `\n${title}:\n\n${own.join('\n\n')}\n`;
  });
  const note = more.length ? '\nThe first part is about DM 1.0. With -master-addr, help is about that DM-master only.\n' : '';
  return [first.text, ...more, note].join('');
}

const blocksOf = (text: string): string[] => text.trimEnd().split('\n\n');

/** The first words of blocks that are the same for many commands. */
const SHARED = /^(?:Flags of every command|DM control$)/;
