// What the history may keep of a line. No mode keeps passwords: a line that seems to contain one is dropped whole, because
// removing the password would require knowing where it ends.

import { commonFlagsBeside } from '../../args/common-flags.ts';
import { findCommand, findInnermost } from '../../args/find-command.ts';
import { takesNext } from '../../args/pflag.ts';
import { suggestSimilar } from '../../args/suggest.ts';
import type { HistoryMode } from '../../command/history-mode.ts';
import type { CommandRegistry } from '../../command/registry.ts';
import { hasBadBytes } from '../../text/bad-bytes.ts';
import { hasControls } from '../piped.ts';
import { LineReader, trimmed, type Word } from '../tokenizer.ts';
import { hasSecret } from './secrets.ts';

/** Replaces a text that is not kept. */
export const LEFT_OUT = '…';

/** A longer line (UTF-16) is not kept, because searching it would delay typing. */
const LONGEST_LINE = 1 << 20;
/** A longer word is not a mistyped command name. */
const LONGEST_NAME = 64;

/** The start of SQL or of a row of it: SQL pasted over several rows arrives row by row. */
const SQL_BEGINS =
  /^(?:#\s{0,99})?(?:add|alter|analyze|and|begin|call|change|commit|create|delete|drop|flush|from|grant|having|insert|into|join|limit|load|modify|on|or|partition|rename|replace|revoke|select|set|truncate|union|update|values?|where|with)\b/i;
/** Characters that names do not contain: values of SQL that started in an earlier row. */
const SQL_SIGNS = /['"`(),;=]/;

/**
 * What may be kept of a line; undefined if nothing.
 * @param previous the entry before it: a repeated line is not kept
 */
export function redact(line: string, mode: HistoryMode, registry: CommandRegistry, previous?: string): string | undefined {
  if (
    mode === 'none' ||
    line.length > LONGEST_LINE ||
    trimmed(line) === '' ||
    trimmed(line[0] as string) === '' ||
    hasControls(line) ||
    hasBadBytes(line)
  )
    return undefined;
  if (asksForCipher(line, registry) || hasSecret(line)) return undefined;
  const kept = mode === 'all' ? line : withoutSql(line, registry);
  return kept === previous ? undefined : kept;
}

/** Whether the line contains -encrypt or -decrypt, whose argument is a password or as good as one. */
function asksForCipher(line: string, { dialect }: CommandRegistry): boolean {
  const words = wordsOf(line).map((w) => w.text);
  if (words.some((w) => /^--?(?:en|de)crypt(?:=|$)/.test(w))) return true;
  const at = /(?:^|[\\/])dmctl(?:\.exe)?$/i.test(words[0] ?? '') ? 1 : findCommand(words, dialect.globalFlags);
  return words[at] === 'encrypt' || words[at] === 'decrypt';
}

/** The line with … for the SQL of its command; undefined for a line that seems to be SQL itself. */
function withoutSql(line: string, registry: CommandRegistry): string | undefined {
  const { dialect, builtins } = registry;
  const words = wordsOf(line);
  const at = findInnermost(
    words.map((w) => w.text),
    registry,
  );
  const named = words[at];
  if (!named) return looksLikeSql(line) ? undefined : line;
  const command = dialect.commands.find((c) => c.name === named.text);
  if (!command) {
    const ours = builtins.find((c) => c.name === named.text);
    // The text of an error may contain the SQL that failed.
    if (ours) return ours.textTail && /[^\d\s]/.test(line.slice(named.end)) ? cut(line, named) : line;
    return ofUnknown(line, named, dialect);
  }
  if (!command.sqlTail) return line;
  const own = [...dialect.globalFlags, ...command.flags];
  const flags = [...own, ...commonFlagsBeside(own)];
  let ended = false;
  for (let i = at + 1; i < words.length; i += 1) {
    const word = words[i] as Word;
    if (!ended && word.text === '--') ended = true;
    else if (!ended && word.text.length > 1 && word.text.startsWith('-')) i += takesNext(word.text, flags) ? 1 : 0;
    else return cut(line, word);
  }
  return wordsEnd(line, words) ? line : cut(line, words.at(-1) as Word);
}

/** For a line with an unknown command: keeps a mistyped name with its arguments, unless SQL follows; drops rows of SQL. */
function ofUnknown(line: string, named: Word, { commands }: CommandRegistry['dialect']): string | undefined {
  const near =
    named.text.length > LONGEST_NAME
      ? []
      : suggestSimilar(
          named.text,
          commands.map((c) => c.name),
        );
  if (named.text.startsWith('sql') || commands.some((c) => c.sqlTail && near.includes(c.name))) return cut(line, named);
  return near.length === 0 && looksLikeSql(line) ? undefined : line;
}

/** Whether the line may be a row of SQL. */
function looksLikeSql(line: string): boolean {
  return SQL_BEGINS.test(line) || SQL_SIGNS.test(line);
}

/** The line up to a word, and … for what follows. */
function cut(line: string, { end }: Word): string {
  return trimmed(line.slice(end)) === '' ? line : `${line.slice(0, end)} ${LEFT_OUT}`;
}

/** The words of a line up to an open quote. */
function wordsOf(line: string): Word[] {
  const reader = new LineReader(line);
  const words: Word[] = [];
  try {
    for (let word = reader.next(); word; word = reader.next()) words.push(word);
  } catch {
    // the shell reports the open quote
  }
  return words;
}

/** Whether only white space follows the last word. */
function wordsEnd(line: string, words: readonly Word[]): boolean {
  return trimmed(line.slice(words.at(-1)?.end ?? 0)) === '';
}
