// The flags of the program itself, in the style of Go's flag package: one or two dashes, `-x v` and `-x=v`.

import type { FlagSpec } from '../command/flags.ts';
import type { CommandRegistry } from '../command/registry.ts';
import type { Setting } from '../config/setting.ts';
import { settingFlag } from '../config/setting-lists.ts';
import { SETTINGS } from '../config/settings.ts';
import { goQuote } from '../text/quote.ts';
import { COMMON_FLAGS, commonFlagsBeside } from './common-flags.ts';
import { findCommand, findInnermost } from './find-command.ts';
import { parseBool } from './flag-value.ts';
import { takesNext } from './pflag.ts';

/** Flags that are not settings: they perform an action, or say where settings come from. */
export const OTHER_FLAGS: readonly FlagSpec[] = [
  { name: 'V', kind: 'bool', usage: 'prints version and exit' },
  { name: 'version', kind: 'bool', usage: 'the same as -V', extension: true },
  { name: 'config', kind: 'string', usage: 'path to config file', values: 'toml-file' },
  { name: 'encrypt', kind: 'string', usage: 'encrypt plaintext to ciphertext' },
  {
    name: 'decrypt',
    kind: 'string',
    usage: 'decrypt ciphertext to plaintext; - reads it from standard input, as with -encrypt',
    extension: true,
  },
  { name: 'profile', kind: 'string', usage: 'use this profile of the configuration file', values: 'profile', extension: true },
];

/** The program's flags, generated from the table of settings: the original's first, then ours. */
export function programFlags(settings: readonly Setting[]): readonly FlagSpec[] {
  const all = [...OTHER_FLAGS, ...settings.map(settingFlag)];
  return [...all.filter((f) => !f.extension), ...all.filter((f) => f.extension)];
}

/** Before a command: one dash or two. After it, our flags need two, because one dash is for letters there; -o and -output work. */
export const PROGRAM_FLAGS: readonly FlagSpec[] = programFlags(SETTINGS);

/** A command line with normalized program flags. */
export interface CommandLine {
  /** The program's flags, each as `--name=value`, in the given order. */
  readonly flags: readonly string[];
  readonly help: boolean;
  /** The command with its own words. */
  readonly words: readonly string[];
}

/** A program flag that cannot be read. The message is the one of Go's flag package. */
export class ProgramFlagError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProgramFlagError';
  }
}

/** Flags of commands that may stand before the command: the sources of DM 2.0 and later. */
const LEADING: readonly FlagSpec[] = [{ name: 'source', short: 's', kind: 'strings', usage: '' }];

/** Whether a word is this flag, with or without its value. */
function takesWord(word: string, { name, short }: FlagSpec): boolean {
  return word === `--${name}` || word.startsWith(`--${name}=`) || (word.startsWith(`-${short}`) && !word.startsWith('--'));
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
    if (!flag && LEADING.some((f) => takesWord(word, f))) {
      at -= 1;
      break;
    }
    if (!flag) throw new ProgramFlagError(`flag provided but not defined: -${name.split('=')[0]}`);
    at += take(flag, name, argv[at], flags);
  }
  return { help, words: afterCommand(argv.slice(at), registry, flags), flags };
}

/** The argument parser that commander calls with each text of a program flag. Throws ProgramFlagError. */
export function programFlagParser(flag: FlagSpec): (text: string) => string {
  return (text) => {
    if (flag.kind !== 'bool') return text;
    const on = parseBool(text);
    if (on === undefined) throw new ProgramFlagError(`invalid boolean value ${goQuote(text)} for -${flag.name}: parse error`);
    return String(on);
  };
}

/** Normalizes one flag. Returns how many further words it takes. */
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

/** Picks the program's flags out of the words after the command. Skips values of the command's own flags. */
function afterCommand(words: readonly string[], registry: CommandRegistry, program: string[]): string[] {
  const { dialect, builtins } = registry;
  const places = new Set([findCommand(words, [...dialect.globalFlags, ...LEADING]), findInnermost(words, registry)]);
  const named = [...dialect.commands, ...builtins].filter((c) => [...places].some((at) => words[at] === c.name));
  const theirs = [...dialect.globalFlags, ...named.flatMap((c) => c.flags)];
  const flags = [...theirs, ...commonFlagsBeside(theirs)];
  const rest: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') return [...rest, ...words.slice(i)];
    const flag = PROGRAM_FLAGS.find((f) => isFlag(word, f) && !(word.startsWith('--') && isCommon(f)));
    if (flag) i += take(flag, word.replace(/^--?/, ''), words[i + 1], program);
    else {
      rest.push(word);
      if (word.length > 1 && word.startsWith('-') && takesNext(word, flags) && i + 1 < words.length) rest.push(words[++i] as string);
    }
  }
  return rest;
}

/** Whether every command takes a flag, so that after a command it is the command's. */
const isCommon = (flag: FlagSpec): boolean => COMMON_FLAGS.some((f) => f.name === flag.name);

function isFlag(word: string, flag: FlagSpec): boolean {
  const name = word.split('=')[0];
  return name === `--${flag.name}` || (!flag.extension && name === `-${flag.name}`);
}

/** The usage text in the layout of Go's flag package; our flags follow the original's. */
export function programUsage(flags = PROGRAM_FLAGS): string {
  const rows = (listed: readonly FlagSpec[]): string =>
    listed
      .map((f) =>
        f.name.length === 1 && f.kind === 'bool'
          ? `  -${f.name}\t${f.usage}\n`
          : `  -${f.name}${f.short ? `, -${f.short}` : ''}${f.kind === 'bool' ? '' : ' string'}\n    \t${f.usage}\n`,
      )
      .join('');
  const theirs = rows(flags.filter((f) => !f.extension));
  return `Usage of dmctl:\n${theirs}\nMore flags:\n${rows(flags.filter((f) => f.extension))}`;
}
