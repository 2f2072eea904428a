// The flags after a command, read as pflag reads them: long and short, `-x v`, `-x=v`, `-xv`, bundles, `--`.

import type { FlagSpec } from '../command/spec.ts';
import { goQuote } from '../text/quote.ts';
import { readCsv } from './csv.ts';

export type FlagValue = string | boolean | string[];

export interface ScannedFlags {
  /** The last value of each flag that was given; lists collect. */
  readonly values: ReadonlyMap<string, FlagValue>;
  readonly args: string[];
  readonly help: boolean;
}

/** A flag that cannot be read; the message is pflag's. */
export class FlagError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FlagError';
  }
}

export const HELP_FLAG: FlagSpec = { name: 'help', short: 'h', kind: 'bool', usage: '' };

/** How many of the following words a flag word takes as its value: 0 or 1. */
export function takesNext(word: string, flags: readonly FlagSpec[]): boolean {
  if (word.startsWith('--')) {
    if (word.includes('=')) return false;
    const flag = flags.find((f) => f.name === word.slice(2));
    return flag?.kind !== 'bool';
  }
  for (let i = 1; i < word.length; i += 1) {
    const flag = flags.find((f) => f.short === word[i]);
    if (!flag) return i === 1 && word.length === 2;
    if (flag.kind !== 'bool') return i === word.length - 1;
    if (word[i + 1] === '=') return false;
  }
  return false;
}

/** The words with two dashes for the one that the flags of our own commands may be written with, as those of the program. */
export function goStyle(words: readonly string[], flags: readonly FlagSpec[]): string[] {
  const single = (word: string): boolean => flags.some((f) => word === `-${f.name}` || word.startsWith(`-${f.name}=`));
  return words.map((word) => (single(word) ? `-${word}` : word));
}

/** Reads the words after a command. Throws FlagError. */
export function scanFlags(words: readonly string[], known: readonly FlagSpec[]): ScannedFlags {
  const flags = [...known, HELP_FLAG];
  const values = new Map<string, FlagValue>();
  const args: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--') {
      for (let rest = i + 1; rest < words.length; rest += 1) args.push(words[rest] as string); // too many for one call
      break;
    }
    if (word.length < 2 || !word.startsWith('-')) args.push(word);
    else if (word.startsWith('--')) i += long(word, words[i + 1], flags, values);
    else i += bundle(word, words[i + 1], flags, values);
  }
  return { values, args, help: values.get('help') === true };
}

function long(word: string, next: string | undefined, flags: readonly FlagSpec[], values: Map<string, FlagValue>): number {
  const name = word.slice(2);
  if (name === '' || name.startsWith('-') || name.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = name.indexOf('=');
  const flag = flags.find((f) => f.name === (equals < 0 ? name : name.slice(0, equals)));
  if (!flag) throw new FlagError(`unknown flag: --${equals < 0 ? name : name.slice(0, equals)}`);
  if (equals >= 0) set(flag, name.slice(equals + 1), values);
  else if (flag.kind === 'bool') set(flag, 'true', values);
  else if (next === undefined) throw new FlagError(`flag needs an argument: ${word}`);
  else {
    set(flag, next, values);
    return 1;
  }
  return 0;
}

function bundle(word: string, next: string | undefined, flags: readonly FlagSpec[], values: Map<string, FlagValue>): number {
  for (let i = 1; i < word.length; i += 1) {
    const letter = String.fromCodePoint(word.codePointAt(i) as number);
    const flag = flags.find((f) => f.short === letter);
    if (!flag) throw new FlagError(`unknown shorthand flag: ${goQuoteRune(letter)} in -${word.slice(i)}`);
    const rest = word.slice(i + 1);
    if (rest.startsWith('=')) {
      set(flag, rest.slice(1), values);
      return 0;
    }
    if (flag.kind === 'bool') set(flag, 'true', values);
    else if (rest !== '') {
      set(flag, rest, values);
      return 0;
    } else if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${word.slice(i)}`);
    else {
      set(flag, next, values);
      return 1;
    }
  }
  return 0;
}

function set(flag: FlagSpec, text: string, values: Map<string, FlagValue>): void {
  if (flag.kind === 'string') values.set(flag.name, text);
  else if (flag.kind === 'bool') {
    const value = parseBool(text);
    if (value === undefined) throw invalid(flag, text, `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
    values.set(flag.name, value);
  } else addItems(flag, text, values);
}

/** Adds the items of a list flag to those that it has. An empty item is no name: without it the command would mean more. */
function addItems(flag: FlagSpec, text: string, values: Map<string, FlagValue>): void {
  let items: string[];
  try {
    items = readCsv(text);
  } catch (e) {
    throw invalid(flag, text, (e as Error).message);
  }
  if (items.length === 0 || items.some((item) => item.trim() === '')) {
    const short = flag.short ? `-${flag.short}` : `--${flag.name}`;
    const what = text.trim() === '' ? 'the value is empty' : 'a value in the list is empty';
    throw invalid(flag, text, `${what}; write ${short} VALUE, or ${short} VALUE,VALUE for several, or leave the flag out`);
  }
  const known = values.get(flag.name);
  if (!Array.isArray(known)) values.set(flag.name, items);
  else for (const item of items) known.push(item);
}

function invalid(flag: FlagSpec, text: string, why: string): FlagError {
  const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
  return new FlagError(`invalid argument ${goQuote(text)} for "${shown}" flag: ${why}`);
}

/** Go's strconv.ParseBool. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

function goQuoteRune(letter: string): string {
  if (letter === "'") return "'\\''";
  return `'${goQuote(letter).slice(1, -1).replace('\\"', '"')}'`;
}
