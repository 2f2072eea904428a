// The flags of the program itself, in the style of Go's flag package: one or two dashes, `-x v` and `-x=v`.

import type { FlagSpec, ValueKind } from '../command/spec.ts';
import { COMMON_FLAGS } from '../output/format.ts';
import { goQuote } from '../text/quote.ts';
import { type CommandRegistry, findCommand, findInnermost } from './find-command.ts';
import { parseBool, takesNext } from './pflag.ts';

export interface GlobalFlag {
  readonly name: string;
  /** A letter that does as well before the command. */
  readonly short?: string;
  readonly kind: FlagSpec['kind'];
  readonly usage: string;
  /** What its value names. */
  readonly values?: ValueKind;
  /** Ours: after a command with two dashes only, since the short forms belong to the original. */
  readonly ours?: boolean;
}

export const GLOBAL_FLAGS: readonly GlobalFlag[] = [
  { name: 'V', kind: 'bool', usage: 'prints version and exit' },
  { name: 'config', kind: 'string', usage: 'path to config file', values: 'file' },
  { name: 'encrypt', kind: 'string', usage: 'encrypt plaintext to ciphertext' },
  { name: 'master-addr', kind: 'string', usage: 'master API server addr' },
  { name: 'rpc-timeout', kind: 'string', usage: 'rpc timeout, default is 10m (default "10m")' },
  {
    name: 'decrypt',
    kind: 'string',
    usage: 'decrypt ciphertext to plaintext; - reads it from standard input, as with -encrypt',
    ours: true,
  },
  {
    name: 'protocol',
    kind: 'string',
    usage: 'which generation of DM the master is: auto asks it before the first call, v1 is for one that does not tell',
    values: { oneOf: ['auto', 'v1'] },
    ours: true,
  },
  {
    name: 'max-answer',
    kind: 'string',
    usage: 'the most that one answer may have, such as 64MiB; default is 1GiB',
    values: 'none',
    ours: true,
  },
  { name: 'profile', kind: 'string', usage: 'the profile of the configuration file to go by', values: 'none', ours: true },
  { name: 'confirm', kind: 'bool', usage: 'ask before harmful commands also where the original does not', ours: true },
  { name: 'read-only', kind: 'bool', usage: 'refuse every command that changes the cluster', ours: true },
  { name: 'strict', kind: 'bool', usage: 'end piped lines and the prompt at the first line that fails, with its exit status', ours: true },
  {
    name: 'history',
    kind: 'string',
    usage: 'what the prompt keeps of the lines typed: all, redacted (without the text of SQL, the default) or none; passwords never',
    values: { oneOf: ['all', 'redacted', 'none'] },
    ours: true,
  },
  ...COMMON_FLAGS,
];

export interface GlobalLine {
  /** Texts by flag name, the last one given; booleans as 'true' and 'false'. */
  readonly values: ReadonlyMap<string, string>;
  readonly help: boolean;
  /** The command and what belongs to it. */
  readonly words: readonly string[];
}

/** A flag of the program that cannot be read; the message is that of Go's flag package. */
export class GlobalFlagError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GlobalFlagError';
  }
}

/** Splits a command line into the program's flags, before and after the command, and the rest. Throws GlobalFlagError. */
export function readGlobalFlags(argv: readonly string[], registry: CommandRegistry): GlobalLine {
  const values = new Map<string, string>();
  let help = false;
  let at = 0;
  while (at < argv.length) {
    const word = argv[at] as string;
    if (word.length < 2 || !word.startsWith('-')) break;
    at += 1;
    if (word === '--') break;
    const name = word.replace(/^--?/, '');
    if (name === '' || name.startsWith('-') || name.startsWith('=')) throw new GlobalFlagError(`bad flag syntax: ${word}`);
    if (name === 'h' || name === 'help') {
      help = true;
      continue;
    }
    const flag = GLOBAL_FLAGS.find((f) => [f.name, f.short].includes(name.split('=')[0]));
    if (!flag) throw new GlobalFlagError(`flag provided but not defined: -${name.split('=')[0]}`);
    at += take(flag, name, argv[at], values);
  }
  return { values, help, words: afterCommand(argv.slice(at), registry, values) };
}

/** Takes a flag's value; gives the number of further words it took. */
function take(flag: GlobalFlag, name: string, next: string | undefined, values: Map<string, string>): number {
  const equals = name.indexOf('=');
  if (flag.kind === 'bool') {
    const text = equals < 0 ? 'true' : name.slice(equals + 1);
    const on = parseBool(text);
    if (on === undefined) throw new GlobalFlagError(`invalid boolean value ${goQuote(text)} for -${flag.name}: parse error`);
    values.set(flag.name, String(on));
    return 0;
  }
  if (equals >= 0) values.set(flag.name, name.slice(equals + 1));
  else if (next === undefined) throw new GlobalFlagError(`flag needs an argument: -${flag.name}`);
  else {
    values.set(flag.name, next);
    return 1;
  }
  return 0;
}

/** Picks the program's flags out of what follows the command; values of the command's own flags are left alone. */
function afterCommand(words: readonly string[], registry: CommandRegistry, values: Map<string, string>): string[] {
  const { dialect, builtins } = registry;
  const places = new Set([findCommand(words, dialect.globalFlags), findInnermost(words, registry)]);
  const named = [...dialect.commands, ...builtins].filter((c) => [...places].some((at) => words[at] === c.name));
  const flags = [...dialect.globalFlags, ...named.flatMap((c) => c.flags)];
  const rest: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') return [...rest, ...words.slice(i)];
    const flag = GLOBAL_FLAGS.find((f) => isFlag(word, f));
    if (flag) i += take(flag, word.replace(/^--?/, ''), words[i + 1], values);
    else {
      rest.push(word);
      if (word.length > 1 && word.startsWith('-') && takesNext(word, flags) && i + 1 < words.length) rest.push(words[++i] as string);
    }
  }
  return rest;
}

function isFlag(word: string, flag: GlobalFlag): boolean {
  const name = word.split('=')[0];
  return name === `--${flag.name}` || (!flag.ours && name === `-${flag.name}`);
}

/** The usage text of Go's flag package, ours after the original's. */
export function globalUsage(): string {
  const rows = (flags: readonly GlobalFlag[]): string =>
    flags
      .map((f) =>
        f.name.length === 1 && f.kind === 'bool'
          ? `  -${f.name}\t${f.usage}\n`
          : `  -${f.name}${f.short ? `, -${f.short}` : ''}${f.kind === 'bool' ? '' : ' string'}\n    \t${f.usage}\n`,
      )
      .join('');
  const theirs = rows(GLOBAL_FLAGS.filter((f) => !f.ours));
  return `Usage of dmctl:\n${theirs}\nMore flags:\n${rows(GLOBAL_FLAGS.filter((f) => f.ours))}`;
}
