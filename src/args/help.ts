// Help and usage texts in the layout of cobra and pflag. Our additions form blocks of their own after the original's, so
// that no line of the original moves.

import type { HelpEntry } from '../command/registry.ts';
import type { CommandSpec, Dialect, FlagSpec } from '../command/spec.ts';
import type { Place } from '../text/suggested-command.ts';
import { COMMON_FLAGS } from './common-flags.ts';
import { HELP_FLAG } from './pflag.ts';

const KINDS: Readonly<Record<FlagSpec['kind'], string>> = { string: 'string', bool: '', strings: 'strings' };

/** A block of flags sorted by name. The texts are aligned behind the longest flag. */
export function flagUsages(flags: readonly FlagSpec[]): string {
  const rows = [...flags]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => {
      const named = /`([^`]*)`/.exec(flag.usage);
      const kind = named?.[1] ?? KINDS[flag.kind];
      const head = `${flag.short ? `  -${flag.short}, ` : '      '}--${flag.name}${kind ? ` ${kind}` : ''}`;
      return [head, named ? flag.usage.replace(named[0], named[1] as string) : flag.usage] as const;
    });
  const width = Math.max(...rows.map(([head]) => head.length));
  return rows.map(([head, text]) => `${head.padEnd(width)}   ${text}\n`).join('');
}

function columns(entries: readonly { name: string; summary: string }[], least = 0): string {
  const width = Math.max(least, ...entries.map((e) => e.name.length));
  return entries.map((e) => `  ${e.name.padEnd(width)} ${e.summary}\n`).join('');
}

/** The usage block of one command. */
export function commandUsage(command: CommandSpec, dialect: Dialect): string {
  const theirs = [{ ...HELP_FLAG, usage: `help for ${command.name}` }, ...command.flags.filter((f) => !f.extension)];
  const ours = command.flags.filter((f) => f.extension);
  const line = `${command.name}${command.usage ? ` ${command.usage}` : ''}`;
  return [
    `Usage:\n  dmctl ${line} [flags]\n`,
    `\nFlags:\n${flagUsages(theirs)}`,
    `\nGlobal Flags:\n${flagUsages(dialect.globalFlags)}`,
    ours.length ? `\nMore flags:\n${flagUsages(ours)}` : '',
  ].join('');
}

/** What `help <command>` and `<command> --help` print. */
export function commandHelp(command: CommandSpec, dialect: Dialect, place?: Place): string {
  return `${command.summary}\n\n${commandUsage(command, dialect)}${EVERYWHERE}${examplesOf(command.examples, place)}`;
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
export function helpHelp(dialect: Dialect): string {
  return [
    'Help provides help for any command in the application.\n',
    'Simply type dmctl help [path to command] for full details.\n\n',
    'Usage:\n  dmctl help [command] [flags]\n',
    `\nFlags:\n${flagUsages([{ ...HELP_FLAG, usage: 'help for help' }])}`,
    `\nGlobal Flags:\n${flagUsages(dialect.globalFlags)}`,
  ].join('');
}

/** The usage of the whole program: the original's commands and flags, then ours. */
export function rootUsage(dialect: Dialect, own: readonly HelpEntry[], topics: readonly { name: string; summary: string }[]): string {
  const listed = [...dialect.commands, { name: 'help', summary: 'Help about any command' }].sort((a, b) => (a.name < b.name ? -1 : 1));
  const flags = [{ ...HELP_FLAG, usage: 'help for dmctl' }, ...dialect.globalFlags];
  const shown = own.filter((c) => !c.hidden);
  return [
    'Usage:\n  dmctl [command]\n',
    `\nAvailable Commands:\n${columns(listed)}`,
    `\nFlags:\n${flagUsages(flags)}`,
    '\nUse "dmctl [command] --help" for more information about a command.\n',
    shown.length ? `\nMore commands:\n${columns(shown, 11)}` : '',
    topics.length ? `\nMore help (help <topic>):\n${columns(topics, 11)}` : '',
  ].join('');
}

/** What `help` prints. */
export function rootHelp(...listed: Parameters<typeof rootUsage>): string {
  return `DM control\n\n${rootUsage(...listed)}`;
}
