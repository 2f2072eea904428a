// The flags of the program itself, in the style of Go's flag package: one or two dashes, `-x v` and `-x=v`.

import { COMMON_FLAGS } from '../command/common-flags.ts';
import type { FlagSpec } from '../command/flags.ts';
import type { CommandRegistry } from '../command/registry.ts';
import { goQuote } from '../text/quote.ts';
import { findCommand, findInnermost } from './find-command.ts';
import { parseBool } from './flag-value.ts';
import { takesNext } from './pflag.ts';

/** Before a command with one dash or two; after it extensions with two only, since the short forms belong to the original. */
export const PROGRAM_FLAGS: readonly FlagSpec[] = [
  { name: 'V', kind: 'bool', usage: 'prints version and exit' },
  { name: 'config', kind: 'string', usage: 'path to config file', values: 'file' },
  { name: 'encrypt', kind: 'string', usage: 'encrypt plaintext to ciphertext' },
  { name: 'master-addr', kind: 'string', usage: 'master API server addr' },
  { name: 'rpc-timeout', kind: 'string', usage: 'rpc timeout, default is 10m (default "10m")' },
  {
    name: 'decrypt',
    kind: 'string',
    usage: 'decrypt ciphertext to plaintext; - reads it from standard input, as with -encrypt',
    extension: true,
  },
  { name: 'profile', kind: 'string', usage: 'the profile of the configuration file to go by', values: 'none', extension: true },
  { name: 'confirm', kind: 'bool', usage: 'ask before harmful commands also where the original does not', extension: true },
  { name: 'read-only', kind: 'bool', usage: 'refuse every command that changes the cluster', extension: true },
  {
    name: 'strict',
    kind: 'bool',
    usage: 'end piped lines and the prompt at the first line that fails, with its exit status',
    extension: true,
  },
  {
    name: 'protocol',
    kind: 'string',
    usage: 'which generation of DM the master is: auto asks it before the first call, v1 is for one that does not tell',
    values: { oneOf: ['auto', 'v1'] },
    extension: true,
  },
  {
    name: 'max-answer',
    kind: 'string',
    usage: 'the most that one answer may have, such as 64MiB; default is 1GiB',
    values: 'none',
    extension: true,
  },
  {
    name: 'history',
    kind: 'string',
    usage: 'what the prompt keeps of the lines typed: all, redacted (without the text of SQL, the default) or none; passwords never',
    values: { oneOf: ['all', 'redacted', 'none'] },
    extension: true,
  },
  ...COMMON_FLAGS,
];

/** A command line whose program flags were normalized. */
export interface CommandLine {
  /** The program's flags, each as `--name=value`, in the order in which they were given. */
  readonly flags: readonly string[];
  readonly help: boolean;
  /** The command and what belongs to it. */
  readonly words: readonly string[];
}

/** A flag of the program that cannot be read. The message is that of Go's flag package. */
export class ProgramFlagError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProgramFlagError';
  }
}

/** Splits a command line into the program's flags, before and after the command, and the rest. Throws ProgramFlagError. */
export function splitCommandLine(argv: readonly string[], registry: CommandRegistry): CommandLine {
  const flags: string[] = [];
  let help = false;
  let at = 0;
  while (at < argv.length) {
    const word = argv[at] as string;
    if (word.length < 2 || !word.startsWith('-')) break;
    at += 1;
    if (word === '--') break;
    const name = word.replace(/^--?/, '');
    if (name === '' || name.startsWith('-') || name.startsWith('=')) throw new ProgramFlagError(`bad flag syntax: ${word}`);
    if (name === 'h' || name === 'help') {
      help = true;
      continue;
    }
    const flag = PROGRAM_FLAGS.find((f) => [f.name, f.short].includes(name.split('=')[0]));
    if (!flag) throw new ProgramFlagError(`flag provided but not defined: -${name.split('=')[0]}`);
    at += take(flag, name, argv[at], flags);
  }
  return { help, words: afterCommand(argv.slice(at), registry, flags), flags };
}

/** What commander calls with each text that is given to a program flag. Throws ProgramFlagError. */
export function programFlagParser(flag: FlagSpec): (text: string) => string {
  return (text) => {
    if (flag.kind !== 'bool') return text;
    const on = parseBool(text);
    if (on === undefined) throw new ProgramFlagError(`invalid boolean value ${goQuote(text)} for -${flag.name}: parse error`);
    return String(on);
  };
}

/** Normalizes a flag; gives the number of further words that it takes. */
function take(flag: FlagSpec, name: string, next: string | undefined, flags: string[]): number {
  const equals = name.indexOf('=');
  if (equals >= 0) flags.push(`--${flag.name}=${name.slice(equals + 1)}`);
  else if (flag.kind === 'bool') flags.push(`--${flag.name}=true`);
  else if (next === undefined) throw new ProgramFlagError(`flag needs an argument: -${flag.name}`);
  else {
    flags.push(`--${flag.name}=${next}`);
    return 1;
  }
  return 0;
}

/** Picks the program's flags out of what follows the command; values of the command's own flags are left alone. */
function afterCommand(words: readonly string[], registry: CommandRegistry, program: string[]): string[] {
  const { dialect, builtins } = registry;
  const places = new Set([findCommand(words, dialect.globalFlags), findInnermost(words, registry)]);
  const named = [...dialect.commands, ...builtins].filter((c) => [...places].some((at) => words[at] === c.name));
  const flags = [...dialect.globalFlags, ...named.flatMap((c) => c.flags)];
  const rest: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') return [...rest, ...words.slice(i)];
    const flag = PROGRAM_FLAGS.find((f) => isFlag(word, f));
    if (flag) i += take(flag, word.replace(/^--?/, ''), words[i + 1], program);
    else {
      rest.push(word);
      if (word.length > 1 && word.startsWith('-') && takesNext(word, flags) && i + 1 < words.length) rest.push(words[++i] as string);
    }
  }
  return rest;
}

function isFlag(word: string, flag: FlagSpec): boolean {
  const name = word.split('=')[0];
  return name === `--${flag.name}` || (!flag.extension && name === `-${flag.name}`);
}

/** The usage text of Go's flag package, ours after the original's. */
export function programUsage(): string {
  const rows = (flags: readonly FlagSpec[]): string =>
    flags
      .map((f) =>
        f.name.length === 1 && f.kind === 'bool'
          ? `  -${f.name}\t${f.usage}\n`
          : `  -${f.name}${f.short ? `, -${f.short}` : ''}${f.kind === 'bool' ? '' : ' string'}\n    \t${f.usage}\n`,
      )
      .join('');
  const theirs = rows(PROGRAM_FLAGS.filter((f) => !f.extension));
  return `Usage of dmctl:\n${theirs}\nMore flags:\n${rows(PROGRAM_FLAGS.filter((f) => f.extension))}`;
}
