// The task files of a line: several paths, or `-` for standard input. All of them are read and checked before anything is sent.

import { commandUsage } from '../args/help.ts';
import { CountError, InputError, Interrupted, NOT_SENT, Refusal } from '../command/errors.ts';
import type { CommandContext, CommandSpec, ParsedArgs } from '../command/spec.ts';
import { readAll, readTextFile } from '../io/text-file.ts';
import { goQuote } from '../text/quote.ts';
import { fileError } from '../text/system-error.ts';
import type { RunContext } from './context.ts';

/** The argument that means standard input. A file of this name is `./-`. */
export const STANDARD_INPUT = '-';

/** What standard input is called in messages. */
const ITS_NAME = 'standard input';

export interface TaskFile {
  readonly path: string;
  /** The name of its task. */
  readonly task: string;
  readonly text: string;
}

/** All of standard input. Throws Refusal if it has the commands or is a terminal, Interrupted. */
async function standardInput({ io, session, signal }: RunContext, { name }: CommandSpec): Promise<Buffer> {
  if (session.mode !== 'one-shot')
    throw new Refusal(
      `- means standard input, but the lines come from there. ${NOT_SENT}. Name a file, or run dmctl ${name} - on a command line`,
    );
  if (io.stdin.isTTY)
    throw new Refusal(`- means standard input, but it is a terminal. ${NOT_SENT}. Name a file, or use dmctl ${name} - < task.yaml`);
  return await readAll(io.stdin, signal);
}

/** Reads `-` from standard input once, and everything else as given. Throws what standardInput throws. */
export function withStandardInput(given: CommandContext, command: CommandSpec, parsed: ParsedArgs, context: RunContext): CommandContext {
  if (!command.manyFiles || parsed.args[0] !== STANDARD_INPUT) return given;
  let used = false;
  return {
    ...given,
    readText: async (path, mayBeEmpty) => {
      if (used || path !== STANDARD_INPUT) return await given.readText(path, mayBeEmpty);
      used = true;
      const bytes = await standardInput(context, command);
      return await readTextFile({ readFile: async () => bytes }, ITS_NAME, context.signal, mayBeEmpty);
    },
  };
}

/** Reads texts that are known from memory: what was checked is what is sent. */
export function withTexts(given: CommandContext, { path, text }: TaskFile): CommandContext {
  let used = false;
  return {
    ...given,
    readText: async (asked, mayBeEmpty) => {
      if (used || asked !== path) return await given.readText(asked, mayBeEmpty);
      used = true;
      return text;
    },
  };
}

/**
 * Reads and checks several task files.
 * @throws CountError if none of them exists, as the original, which takes one; Refusal, InputError, Interrupted
 */
export async function readTaskFiles(command: CommandSpec, paths: readonly string[], context: RunContext): Promise<readonly TaskFile[]> {
  if (paths.indexOf(STANDARD_INPUT) !== paths.lastIndexOf(STANDARD_INPUT))
    throw new Refusal(`- means standard input, which can be read only once. ${NOT_SENT}. Name it once`);
  const texts = await readAllOf(command, paths, context);
  const { readYaml } = await import('../text/yaml.ts');
  const files: TaskFile[] = [];
  for (const [path, text] of texts) {
    const name = nameOf(path);
    const read = readYaml(text);
    if ('problem' in read) throw new Refusal(`${name} is not valid YAML (${read.problem}). ${NOT_SENT}. Fix the file`);
    const task = taskIn(read.value);
    if (task === '') throw new Refusal(`${name} has no task name. ${NOT_SENT}. Write the name into it: name: my-task`);
    const other = files.find((file) => file.task === task);
    if (other?.path === path) throw new Refusal(`${name} is named twice. ${NOT_SENT}. Name it once`);
    if (other) throw new Refusal(`${nameOf(other.path)} and ${name} both have the task ${goQuote(task)}. ${NOT_SENT}. Name one of them`);
    files.push({ path, task, text });
  }
  return files;
}

const nameOf = (path: string): string => (path === STANDARD_INPUT ? ITS_NAME : goQuote(path));

/** The key `name` of a task file; empty if there is none. */
function taskIn(value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '';
}

/** The texts by path. Reports all files that cannot be read at once. */
async function readAllOf(command: CommandSpec, paths: readonly string[], context: RunContext): Promise<[string, string][]> {
  const { io, signal } = context;
  const found: [path: string, bytes: Buffer][] = [];
  const wrong: { readonly text: string; readonly missing: boolean }[] = [];
  for (const path of paths) {
    try {
      found.push([path, path === STANDARD_INPUT ? await standardInput(context, command) : await io.readFile(path, signal)]);
    } catch (error) {
      if (error instanceof Interrupted || error instanceof InputError) throw error;
      wrong.push({ text: fileError(error, path), missing: (error as NodeJS.ErrnoException).code === 'ENOENT' });
    }
  }
  if (found.length === 0 && wrong.every((w) => w.missing)) {
    const usage = commandUsage(command, context.registry.dialect);
    throw new CountError(`${command.name}: none of the files exists: ${paths.map(goQuote).join(', ')}. ${NOT_SENT}`, usage);
  }
  if (wrong.length > 0) throw new Refusal(`get file content error:\n${wrong.map((w) => w.text).join('\n')}\n${NOT_SENT}`);
  const texts: [string, string][] = [];
  for (const [path, bytes] of found) {
    const name = path === STANDARD_INPUT ? ITS_NAME : path;
    texts.push([path, await readTextFile({ readFile: async () => bytes }, name, signal)]);
  }
  return texts;
}
