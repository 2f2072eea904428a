// Arguments that several commands of DM 2.0 and later share, and the checks of them.

import { InputError, Refusal } from '../../command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../command/spec.ts';
import type { Has } from './define-command.ts';

/** An argument that must not be empty: a master takes an empty name for all tasks, or treats it unlike a missing one. */
export function named(parsed: ParsedArgs<unknown>, what: string, at = 0): string {
  const text = parsed.args[at] ?? '';
  if (text === '') throw new Refusal(`the ${what} is empty. Give its name`);
  return text;
}

/**
 * The name of a task. A path that ends in `.yaml` or `.yml` stands for the `name` in that file. If the file cannot be read or
 * has no name, the path itself is the name, as in the original.
 */
export async function taskName(parsed: ParsedArgs<unknown>, context: CommandContext, at = 0): Promise<string> {
  const text = named(parsed, 'task name', at);
  if (!/\.ya?ml$/.test(text)) return text;
  const found = await nameInFile(text, context);
  return found || text;
}

async function nameInFile(path: string, context: CommandContext): Promise<string> {
  try {
    const { decodeTask } = await import('./decode-config.ts');
    const { value } = decodeTask(await context.readText(path));
    return value?.['task-mode'] !== undefined && typeof value.name === 'string' ? value.name : '';
  } catch (error) {
    if (error instanceof InputError) return '';
    throw error;
  }
}

/** The task name of a command for which it is optional; empty if it was left out. */
export async function optionalTaskName(parsed: ParsedArgs<unknown>, context: CommandContext): Promise<string> {
  return parsed.args.length === 0 ? '' : await taskName(parsed, context);
}

/** At least one source. */
export function someSources({ targets }: ParsedArgs<unknown>): string[] {
  if (targets.length === 0) throw new InputError('must specify at least one source (`-s` / `--source`)');
  return [...targets];
}

/** The value of a table, by the word that was typed. Throws InputError that lists the words. */
export function choice<T>(text: string, choices: Readonly<Record<string, T>>, what: string): T {
  const found = Object.hasOwn(choices, text) ? choices[text] : undefined;
  if (found !== undefined) return found;
  throw new InputError(`invalid ${what} ${JSON.stringify(text)}: use ${Object.keys(choices).join(', ')}`);
}

/** A list as Go prints it: [a b]. */
export function goList(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d{1,2}):(\d\d):(\d\d)(?:\.\d+)?([+-]\d\d:\d\d)?$/;

/** A start time; empty for none. A zone is allowed since 26.3. Throws InputError for what DM does not read. */
export function checkedTime(text: string, has: Has): string {
  const found = TIME.exec(text);
  if (text === '' || (found && isDate(found.slice(1, 7).map(Number)) && (!found[7] || has('26.3')))) return text;
  throw new InputError("start-time should be in the format like '2006-01-02 15:04:05' or '2006-01-02T15:04:05'");
}

function isDate([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}
