// Converts a line of the prompt or of a pipe into the words of a command. For commands that end in SQL, the rest of the line
// after the task name is that SQL, verbatim.

import { commonFlagsBeside } from '../args/common-flags.ts';
import { CommandFinder } from '../args/find-command.ts';
import { takesNext } from '../args/pflag.ts';
import { NOT_SENT, Refusal } from '../command/errors.ts';
import type { CommandRegistry } from '../command/registry.ts';
import type { CommandSpec } from '../command/spec.ts';
import { trimEnd } from '../text/trim.ts';
import { LineReader, trimmed } from './tokenizer.ts';

/** The words of a line; none for an empty line or a comment. Throws Refusal. */
export function lineWords(line: string, registry: CommandRegistry): string[] {
  const { dialect } = registry;
  const reader = new LineReader(line);
  const finder = new CommandFinder(registry);
  const words: string[] = [];
  let at = -1;
  for (let word = reader.next(); word; word = reader.next()) {
    words.push(word.text);
    if (at >= 0) continue;
    at = finder.add(word.text);
    const command = at < 0 ? undefined : dialect.commands.find((c) => c.name === words[at]);
    if (command?.sqlTail) return sqlLine(words, command, reader, registry);
    if (at >= 0 && !command && registry.builtins.find((c) => c.name === words[at])?.textTail) {
      const text = textTail(reader.rest());
      if (text !== undefined) return [...words, '--', text];
    }
  }
  return withoutSemicolon(words);
}

/** A trailing `;` is a habit and not a part of a name. */
function withoutSemicolon(words: string[]): string[] {
  const typed = words.at(-1);
  if (typed === undefined || !typed.endsWith(';')) return words;
  const last = trimEnd(typed, ';');
  return last === '' ? words.slice(0, -1) : [...words.slice(0, -1), last];
}

/** A pasted text has quotes, apostrophes and dashes of its own; undefined where ordinary words follow. */
function textTail(rest: string): string | undefined {
  const text = trimmed(rest);
  return text === '' || /^[-#\d]/.test(text) ? undefined : (/^'([^']*)'$/.exec(text)?.[1] ?? text);
}

/** The rest after the task name is one further argument. */
function sqlLine(words: string[], command: CommandSpec, reader: LineReader, registry: CommandRegistry): string[] {
  const head = toTaskName(words, command, reader, registry);
  if (!head) return words;
  const sql = withoutQuotes(trimmed(reader.rest()));
  if (sql === '') return words;
  checkTail(words, sql, command, registry);
  return head.ended ? [...words, sql] : [...words.slice(0, -1), '--', words.at(-1) as string, sql];
}

/** Adds the words up to the task name; undefined if it is missing. `ended`: `--` precedes it. */
function toTaskName(
  words: string[],
  command: CommandSpec,
  reader: LineReader,
  { dialect }: CommandRegistry,
): { ended: boolean } | undefined {
  const own = [...dialect.globalFlags, ...command.flags];
  const flags = [...own, ...commonFlagsBeside(own)];
  let ended = false;
  for (let word = reader.next(); word; word = reader.next()) {
    words.push(word.text);
    if (!ended && word.text === '--') {
      ended = true;
      continue;
    }
    if (ended || word.text.length < 2 || !word.text.startsWith('-')) return { ended };
    const value = takesNext(word.text, flags) ? reader.next() : undefined;
    if (value) words.push(value.text);
  }
  return undefined;
}

/** The SQL of a line, verbatim, with its quotes; undefined if the line has none. Throws Refusal. */
export function sqlOf(line: string, registry: CommandRegistry): string | undefined {
  const { dialect } = registry;
  const reader = new LineReader(line);
  const finder = new CommandFinder(registry);
  const words: string[] = [];
  for (let word = reader.next(); word; word = reader.next()) {
    words.push(word.text);
    const at = finder.add(word.text);
    if (at < 0) continue;
    const command = dialect.commands.find((c) => c.name === words[at]);
    return command?.sqlTail && toTaskName(words, command, reader, registry) ? reader.rest() : undefined;
  }
  return undefined;
}

/** Removes one pair of quotes around the whole: no SQL starts with a quote. */
function withoutQuotes(sql: string): string {
  const whole = /^(['"])(.*)\1;?$/s.exec(sql);
  return whole ? (whole[2] as string) : sql;
}

/** A flag after the SQL would be sent as SQL, so if a required flag is missing, this mistake is reported. */
function checkTail(words: readonly string[], sql: string, command: CommandSpec, { dialect }: CommandRegistry): void {
  const tail = /\s(-w|--worker|-b|--binlog-pos|-s|--sql-pattern)[ =]\S+\s*;?$/.exec(sql);
  if (!tail) return;
  const wanted = tail[1] as string;
  const flag = [...dialect.globalFlags, ...command.flags].find((f) => `-${f.short}` === wanted || `--${f.name}` === wanted);
  if (!flag) return;
  const long = `--${flag.name}`;
  const parsed = (w: string): boolean => w === long || w.startsWith(`${long}=`) || (w[0] === '-' && w[1] === flag.short);
  if (words.some(parsed)) return;
  throw new Refusal(
    `${wanted} is part of the SQL here. ${NOT_SENT}. At the prompt, write flags before the task name: ${command.name} ${wanted} … ${words.at(-1)} …`,
  );
}
