// Rewrites Go-style flags after a command to the one form that commander cannot misread: `--name=value`. The
// rules are pflag's: `-x v`, `-x=v`, `-xv`, bundles of letters, `--name v`, `--name=v`, and `--` ends the flags.

import type { FlagSpec } from '../command/flags.ts';
import { goQuote } from '../text/quote.ts';

/** A flag that cannot be read, with pflag's message. */
export class FlagError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FlagError';
  }
}

export const HELP_FLAG: FlagSpec = { name: 'help', short: 'h', kind: 'bool', usage: '' };

/** Words in commander's form. */
export interface NormalizedWords {
  /** Each flag as one word, `--name=value`, in the order of first use. */
  readonly flags: string[];
  readonly args: string[];
  /** The index of each list flag among the flags. */
  readonly lists: Map<FlagSpec, number>;
}

/** How many of the following words are the value of a flag word: 0 or 1. */
export function takesNext(typed: string, flags: readonly FlagSpec[]): boolean {
  const word = withTwoDashes(typed, flags);
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

/** The words with two dashes before the long names of these flags. Go's flag package also allows one dash. */
export function goStyle(words: readonly string[], flags: readonly FlagSpec[]): string[] {
  const single = (word: string): boolean => flags.some((f) => word === `-${f.name}` || word.startsWith(`-${f.name}=`));
  return words.map((word) => (single(word) ? `-${word}` : word));
}

/** A flag that needs only one dash, with two. Every other word stays the same. */
function withTwoDashes(word: string, flags: readonly FlagSpec[]): string {
  const single = flags.some((f) => f.oneDash && (word === `-${f.name}` || word.startsWith(`-${f.name}=`)));
  return single ? `-${word}` : word;
}

/** Rewrites the words after a command. Throws FlagError for a flag that is unknown or lacks its value. */
export function normalizeFlags(words: readonly string[], known: readonly FlagSpec[]): NormalizedWords {
  const normalized: NormalizedWords = { flags: [], args: [], lists: new Map() };
  for (let i = 0; i < words.length; i += 1) {
    const word = withTwoDashes(words[i] as string, known);
    if (word === '--') {
      for (const arg of words.slice(i + 1)) normalized.args.push(arg);
      break;
    }
    if (word.length < 2 || !word.startsWith('-')) normalized.args.push(word);
    else if (word.startsWith('--')) i += longFlag(word, words[i + 1], known, normalized);
    else i += bundle(word, words[i + 1], known, normalized);
  }
  return normalized;
}

/** Separates the texts of a list flag that was given several times. No argument and no line can contain it. */
export const LIST_SEPARATOR = '\0';

/** Adds a flag. A list flag becomes one word, because commander spreads words into calls and there may be very many. */
function add(flag: FlagSpec, value: string, normalized: NormalizedWords): void {
  const { flags, lists } = normalized;
  const at = flag.kind === 'strings' ? lists.get(flag) : undefined;
  if (at !== undefined) {
    flags[at] += LIST_SEPARATOR + value;
    return;
  }
  if (flag.kind === 'strings') lists.set(flag, flags.length);
  flags.push(`--${flag.name}=${value}`);
}

/** Rewrites a long flag. Returns how many further words it takes. */
function longFlag(word: string, next: string | undefined, known: readonly FlagSpec[], normalized: NormalizedWords): number {
  const name = word.slice(2);
  if (name === '' || name.startsWith('-') || name.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = name.indexOf('=');
  const flag = known.find((f) => f.name === (equals < 0 ? name : name.slice(0, equals)));
  if (!flag) throw new FlagError(`unknown flag: --${equals < 0 ? name : name.slice(0, equals)}`);
  if (equals >= 0) add(flag, name.slice(equals + 1), normalized);
  else if (flag.kind === 'bool') add(flag, 'true', normalized);
  else if (next === undefined) throw new FlagError(`flag needs an argument: ${word}`);
  else {
    add(flag, next, normalized);
    return 1;
  }
  return 0;
}

/** Rewrites letters behind one dash. Returns how many further words they take. */
function bundle(word: string, next: string | undefined, known: readonly FlagSpec[], normalized: NormalizedWords): number {
  for (let i = 1; i < word.length; i += 1) {
    const letter = String.fromCodePoint(word.codePointAt(i) as number);
    const flag = known.find((f) => f.short === letter);
    if (!flag) throw new FlagError(`unknown shorthand flag: ${goQuoteRune(letter)} in -${word.slice(i)}`);
    const rest = word.slice(i + 1);
    if (rest.startsWith('=')) {
      add(flag, rest.slice(1), normalized);
      return 0;
    }
    if (flag.kind === 'bool') add(flag, 'true', normalized);
    else if (rest !== '') {
      add(flag, rest, normalized);
      return 0;
    } else if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${word.slice(i)}`);
    else {
      add(flag, next, normalized);
      return 1;
    }
  }
  return 0;
}

function goQuoteRune(letter: string): string {
  if (letter === "'") return "'\\''";
  return `'${goQuote(letter).slice(1, -1).replace('\\"', '"')}'`;
}
