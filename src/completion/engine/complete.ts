// Completes a word: commands, flags, values of flags, files, and names of the cluster. Pure: the caller supplies names and
// files. Without them, everything else is still completed.

import { mostArguments } from '../../args/command-tree.ts';
import { COMMON_FLAGS } from '../../args/common-flags.ts';
import { isRepeatable } from '../../args/find-command.ts';
import { endingsOf, fittingPaths } from '../../command/file-kinds.ts';
import { LEAVE_WORDS } from '../../command/registry.ts';
import type { Dialect, FlagSpec, Names, ValueKind } from '../../command/spec.ts';
import { type CompletionContext, type CompletionSetup, contextAt } from './context.ts';
import { isTypeable, visible } from './typeable.ts';
import { quoted, wordAtCursor } from './word-at-cursor.ts';

export interface Sources {
  readonly names: Names;
  /** Paths that start with a text. Folders end with a slash. Empty if the folder cannot be read. */
  files(prefix: string): readonly string[];
  /** The profiles of the configuration file. */
  readonly profiles?: readonly string[];
}

export interface Completion {
  /** The start of the text that a candidate replaces. It ends at the cursor. */
  readonly from: number;
  /** Complete words as typed, with the quotes that they need. A word that ends in a slash, an equals sign or an open quote continues. */
  readonly candidates: readonly string[];
  /** Names that match but cannot be typed, in their displayed form. */
  readonly untypeable: readonly string[];
}

/** The candidates for the word under the cursor of a line of the shell. */
export function complete(line: string, cursor: number, known: CompletionSetup, sources: Sources): Completion {
  const cut = wordAtCursor(line, cursor);
  if (!cut) return { from: cursor, candidates: [], untypeable: [] };
  const { before, word, from, quote } = cut;
  const place = contextAt(before, word, known);
  const leave = place.expects === 'command' && before.length === 0 ? LEAVE_WORDS.filter((w) => w.startsWith(word)) : [];
  const found = [...candidates(place, word, known, sources), ...leave];
  const typeable = found.filter(isTypeable);
  const untypeable = typeable.length === found.length ? [] : found.filter((text) => !isTypeable(text)).map(visible);
  return { from, candidates: typeable.map((text) => quoted(text, quote, !text.endsWith('/'))), untypeable };
}

/** The candidates, without quotes, for a word of a command line that a shell has split. */
export function completeWords(before: readonly string[], word: string, known: CompletionSetup, sources: Sources): readonly string[] {
  return candidates(contextAt(before, word, known), word, known, sources).filter(isTypeable);
}

/** The kinds that are names of the cluster. */
const LIVE: ReadonlySet<ValueKind> = new Set(['task', 'worker', 'source', 'lock', 'database', 'table', 'master', 'member']);

/** Whether names of the cluster are expected at the word. */
export function wantsNames(before: readonly string[], word: string, known: CompletionSetup): boolean {
  const kind = kindOf(contextAt(before, word, known));
  return typeof kind === 'string' && LIVE.has(kind);
}

/** The same for the word under the cursor. */
export function wantsNamesAt(line: string, cursor: number, known: CompletionSetup): boolean {
  const cut = wordAtCursor(line, cursor);
  return cut !== undefined && wantsNames(cut.before, cut.word, known);
}

/** Whether a profile is expected there. */
export function wantsProfiles(before: readonly string[], word: string, known: CompletionSetup): boolean {
  return kindOf(contextAt(before, word, known)) === 'profile';
}

/** The same for the word under the cursor. */
export function wantsProfilesAt(line: string, cursor: number, known: CompletionSetup): boolean {
  const cut = wordAtCursor(line, cursor);
  return cut !== undefined && wantsProfiles(cut.before, cut.word, known);
}

/** Whether files are expected at the word. */
export function wantsFiles(before: readonly string[], word: string, known: CompletionSetup): boolean {
  return endingsOf(kindOf(contextAt(before, word, known))) !== undefined;
}

/** The kind of the word at a place. */
function kindOf({ expects, flag, command, args, typed }: CompletionContext): ValueKind | undefined {
  if (expects === 'value') return flag?.values;
  if (expects !== 'argument' || !command) return undefined;
  const { kinds = [] } = command.args;
  const max = mostArguments(command);
  const kind = kinds[max === Number.POSITIVE_INFINITY ? Math.min(args, kinds.length - 1) : args];
  return typeof kind === 'object' && 'after' in kind ? kind.after[typed.at(-1) ?? ''] : kind;
}

function candidates(place: CompletionContext, word: string, known: CompletionSetup, sources: Sources): string[] {
  const { dialect, builtins, topics } = known.registry;
  const begins = (list: readonly string[]): string[] => list.filter((t) => t.startsWith(word));
  const listed = [...dialect.commands, ...builtins].filter((c) => !c.hidden);
  switch (place.expects) {
    case 'command':
      return begins(place.command ? wordsAfter(place.group, listed.filter(isRepeatable)) : wordsAfter(place.group, listed, 'help'));
    case 'flag':
      return begins(flagsAt(place, word, dialect));
    case 'value': {
      const value = word.slice(place.head.length);
      if (place.flag?.kind !== 'strings') return values(place.flag?.values, value, place, sources, dialect).map((v) => place.head + v);
      const list = value.slice(0, value.lastIndexOf(',') + 1);
      const chosen = list.split(',');
      const more = values(place.flag.values, value.slice(list.length), place, sources, dialect).filter((v) => !chosen.includes(v));
      return more.map((v) => place.head + list + v);
    }
    case 'argument': {
      if (place.topic) return begins(wordsAfter(place.typed, listed, 'help', ...topics.map((t) => t.name)));
      const kind = kindOf(place);
      const max = place.command && mostArguments(place.command);
      const further = place.command && place.args === 0 ? begins(wordsAfter(place.command.name.split(' '), listed)) : [];
      // A list does not need the same item twice.
      if (kind !== undefined) {
        const named = values(kind, word, place, sources, dialect).filter(
          (v) => max !== Number.POSITIVE_INFINITY || !place.typed.includes(v),
        );
        return [...further, ...named];
      }
      return word === '' && place.command?.args.max === place.args ? [...further, ...flagsAt(place, word, dialect)] : further;
    }
    case 'nothing':
      return [];
  }
}

/** The next words of the names that begin with some words. `others` are names of one word. */
function wordsAfter(begun: readonly string[], commands: readonly { readonly name: string }[], ...others: readonly string[]): string[] {
  const names = [...commands.map((c) => c.name.split(' ')), ...others.map((name) => [name])];
  const fitting = names.filter((name) => name.length > begun.length && begun.every((word, i) => name[i] === word));
  return [...new Set(fitting.map((name) => name[begun.length] as string))].sort();
}

/** The flags that may still be given. Flags of the program have one dash until two are typed. A list flag may be given again. */
function flagsAt({ flags, goStyle, parsed, command }: CompletionContext, typed: string, { targetSelector }: Dialect): string[] {
  const changes = command !== undefined && 'mutating' in command && command.mutating && !command.readsOnly;
  const useful = (flag: FlagSpec): boolean =>
    !(flag.forReading && changes) &&
    (flag.name !== targetSelector.name || !command || !('takesTargets' in command) || command.takesTargets);
  // Common flags are offered only after a dash was typed. Otherwise they would hide the command's own flags.
  const begun = (flag: FlagSpec): boolean => typed !== '' || !COMMON_FLAGS.some((f) => f.name === flag.name);
  const left = flags.filter((f) => (f.kind === 'strings' || !parsed.has(f.name)) && useful(f) && begun(f));
  const long = left.map((f) => (goStyle.includes(f) && !command && !typed.startsWith('--') ? `-${f.name}` : `--${f.name}`));
  const short = typed === '-' ? left.flatMap((f) => (f.short ? [`-${f.short}`] : [])) : [];
  return [...long, ...short].sort();
}

/** The names of a kind that start with the typed text. A worker is also found by the ID of its source. */
function values(
  kind: ValueKind | undefined,
  typed: string,
  { typed: before, parsed }: CompletionContext,
  { names, files, profiles = [] }: Sources,
  dialect: Dialect,
): string[] {
  const begins = (list: readonly string[]): string[] => list.filter((t) => t.startsWith(typed) && !t.startsWith('-'));
  if (kind === undefined) return [];
  if (typeof kind === 'object') return begins(kind.oneOf);
  switch (kind) {
    case 'position':
    case 'sql':
    case 'none':
      return [];
    case 'file':
    case 'yaml-file':
    case 'toml-file':
    case 'config-file':
      return [...fittingPaths(files(typed), kind)];
    case 'task':
      return begins(names.tasks);
    case 'lock':
      return begins(names.locks);
    case 'database':
      return begins([...new Set(names.tables.map((t) => t.database))]);
    case 'table': {
      const database = parsed.get('database') ?? before.at(-1);
      const within = names.tables.filter((t) => t.database === database);
      return begins([...new Set((within.length > 0 ? within : names.tables).map((t) => t.table))]);
    }
    case 'master':
      return begins(names.masters);
    case 'member':
      return begins([...names.masters, ...names.workers]);
    case 'error-code':
      return begins(dialect.errorCodes.map(String));
    case 'profile':
      return begins(profiles);
    case 'source':
      return begins(names.sources.map((s) => s.id));
    case 'worker': {
      const found = begins(names.workers);
      return found.length > 0 ? found : [...new Set(names.sources.filter((s) => s.id.startsWith(typed)).map((s) => s.worker))];
    }
  }
}
