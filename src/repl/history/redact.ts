// What of a line a history may keep. Passwords never, in no mode: a line that seems to hold one is dropped whole, since
// cutting it out would need to know where it ends.

import { type Catalogue, findCommand, findInnermost } from '../../core/find-command.ts';
import { takesNext } from '../../core/flags.ts';
import { nearest } from '../../text/nearest.ts';
import { hasControls } from '../piped.ts';
import { LineReader, trimmed, type Word } from '../tokenise.ts';

/** Which lines a history keeps: all of them, without the text of SQL, or none. */
export type HistoryMode = 'all' | 'redacted' | 'none';

/** What stands for a text that is not kept. */
export const LEFT_OUT = '…';

const SECRET = [
  // password=…, PASSWORD('…'), "master_password": …, with anything that quotes around the name
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token)["'`]?\s*(?::?=|:|\()\s*\S/i,
  /(?:^|\s)["']?--?[\w-]*(?:password|passwd|pwd)["']?\s+\S/i,
  /\bIDENTIFIED\b.*\b(?:BY|AS)\b/is,
  // user:password@host, in a URL or before a MySQL address
  /\/\/[^\s/@:]+:[^\s/@]+@/,
  /\S:\S+@(?:tcp|unix)?\(/,
];

/** How SQL begins: pasted over several lines, each comes as a line of its own. */
const SQL_BEGINS =
  /^(?:alter|analyze|begin|call|commit|create|delete|drop|flush|grant|insert|load|rename|replace|revoke|select|set|truncate|update|with)\s/i;

/**
 * What may be kept of a line; undefined where that is nothing.
 * @param previous the entry before it: the same again is not kept
 */
export function redact(line: string, mode: HistoryMode, catalogue: Catalogue, previous?: string): string | undefined {
  if (mode === 'none' || trimmed(line) === '' || trimmed(line[0] as string) === '' || hasControls(line)) return undefined;
  if (asksForCipher(line, catalogue) || SECRET.some((s) => s.test(line))) return undefined;
  const kept = mode === 'all' ? line : withoutSql(line, catalogue);
  return kept === previous ? undefined : kept;
}

/** Whether the line is about -encrypt or -decrypt, whose argument is a password or as good as one. */
function asksForCipher(line: string, { dialect }: Catalogue): boolean {
  const words = wordsOf(line).map((w) => w.text);
  if (words.some((w) => /^--?(?:en|de)crypt(?:=|$)/.test(w))) return true;
  const at = words[0] === 'dmctl' ? 1 : findCommand(words, dialect.globalFlags);
  return words[at] === 'encrypt' || words[at] === 'decrypt';
}

/** The line with … for the SQL of a command that ends in SQL; undefined for a line that seems to be SQL itself. */
function withoutSql(line: string, catalogue: Catalogue): string | undefined {
  const { dialect, own } = catalogue;
  const words = wordsOf(line);
  const at = findInnermost(
    words.map((w) => w.text),
    catalogue,
  );
  const named = words[at];
  if (!named) return line;
  const command = dialect.commands.find((c) => c.name === named.text);
  if (!command) {
    const ours = own.find((c) => c.name === named.text);
    // The text of an error may hold the SQL that failed.
    if (ours) return ours.textTail && /[^\d\s]/.test(line.slice(named.end)) ? cut(line, named) : line;
    if (SQL_BEGINS.test(line) || (trimmed(line).endsWith(';') && words.length > 1)) return undefined;
    const tails = dialect.commands.flatMap((c) => (c.sqlTail ? [c.name] : []));
    return named.text.startsWith('sql') || nearest(named.text, tails).length > 0 ? cut(line, named) : line;
  }
  if (!command.sqlTail) return line;
  const flags = [...dialect.globalFlags, ...command.flags];
  let ended = false;
  for (let i = at + 1; i < words.length; i += 1) {
    const word = words[i] as Word;
    if (!ended && word.text === '--') ended = true;
    else if (!ended && word.text.length > 1 && word.text.startsWith('-')) i += takesNext(word.text, flags) ? 1 : 0;
    else return cut(line, word);
  }
  return wordsEnd(line, words) ? line : cut(line, words.at(-1) as Word);
}

/** The line up to a word, and … for what follows. */
function cut(line: string, { end }: Word): string {
  return trimmed(line.slice(end)) === '' ? line : `${line.slice(0, end)} ${LEFT_OUT}`;
}

/** The words of a line, as far as it can be read: an open quote ends them. */
function wordsOf(line: string): Word[] {
  const reader = new LineReader(line);
  const words: Word[] = [];
  try {
    for (let word = reader.next(); word; word = reader.next()) words.push(word);
  } catch {
    // the shell says what is wrong with it
  }
  return words;
}

/** Whether nothing but white space follows the last word. */
function wordsEnd(line: string, words: readonly Word[]): boolean {
  return trimmed(line.slice(words.at(-1)?.end ?? 0)) === '';
}
