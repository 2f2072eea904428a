// `command | program` and `command > file` at the prompt. Only a word of its own without quotes counts: positions in a binlog
// contain a |, and SQL contains both.

import { CommandFinder, findCommand } from '../args/find-command.ts';
import { Refusal } from '../command/errors.ts';
import type { CommandRegistry } from '../command/registry.ts';
import type { Session } from '../invoke/session.ts';
import type { Output } from '../io/io.ts';
import { LineReader, trimmed } from './tokenizer.ts';

/** Where the answer of a line goes instead of the terminal. */
export type Redirection =
  /** A command line of the system's shell. */
  { readonly kind: 'program'; readonly command: string } | { readonly kind: 'file'; readonly path: string; readonly append: boolean };

export interface RedirectedLine {
  /** The line before the redirection. */
  readonly line: string;
  readonly to?: Redirection;
}

/** The redirection at the end of a line. Throws Refusal for one that is not complete, and for an open quote. */
export function splitRedirection(line: string, registry: CommandRegistry): RedirectedLine {
  const reader = new LineReader(line);
  const finder = new CommandFinder(registry);
  let at = -1;
  let count = 0;
  for (let word = reader.next(); word; word = reader.next()) {
    const sign = line.slice(word.start, word.end);
    if (sign === '|' || sign === '>' || sign === '>>') return { line: line.slice(0, word.start), to: target(sign, count, reader) };
    count += 1;
    if (at >= 0) continue;
    at = finder.add(word.text);
    if (at >= 0 && takesText(word.text, reader.rest(), registry)) break;
  }
  return { line };
}

/** Whether everything after the name of a command is a text, such as SQL. */
function takesText(name: string, rest: string, { dialect, builtins }: CommandRegistry): boolean {
  if (dialect.commands.find((c) => c.name === name)?.sqlTail) return true;
  return builtins.find((c) => c.name === name)?.textTail === true && /^[^-#\d|>]/.test(trimmed(rest));
}

function target(sign: '|' | '>' | '>>', before: number, reader: LineReader): Redirection {
  if (before === 0) throw new Refusal(`there is no command before ${sign}. Nothing was sent`);
  if (sign === '|') {
    const command = trimmed(reader.rest());
    if (command === '') throw new Refusal('there is no program after |. Nothing was sent. An example: `query-status | grep Paused`');
    return { kind: 'program', command };
  }
  const path = reader.next()?.text ?? '';
  if (path === '') throw new Refusal(`there is no file after ${sign}. Nothing was sent. An example: \`query-status > status.json\``);
  const more = reader.next();
  if (more) throw new Refusal(`${more.text} follows the file ${path}. Nothing was sent. Write ${sign} and the file at the end of the line`);
  return { kind: 'file', path, append: sign === '>>' };
}

/**
 * Runs a line whose answers go to a program or a file. Errors, hints and questions stay on the terminal. A program starts when
 * the line has ended, and only if it printed something.
 * @param run runs the line with an output for its answers, and returns its status
 * @throws Refusal, WriteFailed
 */
export async function runRedirected(
  to: Redirection,
  words: readonly string[],
  { io, registry, lendTerminal }: Session,
  run: (output: Output) => Promise<number>,
): Promise<number> {
  if (to.kind === 'file') {
    const file = await io.openFile(inHome(to.path, io.env.HOME), to.append);
    return await run(file).finally(() => file.close());
  }
  const name = words[findCommand(words, registry.dialect.globalFlags)];
  if (registry.builtins.some((c) => c.wrapsCommand && c.name === name)) {
    throw new Refusal(
      `${name} cannot be sent to a program at the prompt. Nothing was sent. In your shell, use \`dmctl ${name} … | ${to.command}\``,
    );
  }
  const texts: string[] = [];
  const output: Output = { write: async (text) => void texts.push(String(text)), isTTY: false, columns: undefined, rows: undefined };
  const status = await run(output);
  if (texts.length > 0) await lendTerminal(() => io.page(to.command, texts));
  return status;
}

/** The path with the home folder for a ~ at its start. */
const inHome = (path: string, home: string | undefined): string => (home && path.startsWith('~/') ? home + path.slice(1) : path);
