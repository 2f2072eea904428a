// Checks that several commands of DM 1.0 share, with the original's texts.

import { InputError, Refusal } from '../../command/errors.ts';
import type { ParsedArgs } from '../../command/spec.ts';

/** A list as Go prints it: [a b]. */
export function goList(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}

/** The argument at a place, which must not be empty: a master does not treat an empty name like a missing one. */
export function name(parsed: ParsedArgs<unknown>, what: string, at = 0): string {
  const text = parsed.args[at] ?? '';
  if (text === '') throw new Refusal(`the ${what} is empty. Nothing was sent. Enter a ${what}`);
  return text;
}

/** At least one worker. */
export function someWorkers(parsed: ParsedArgs<unknown>): readonly string[] {
  if (parsed.targets.length === 0) throw new InputError('must specify at least one dm-worker (`-w` / `--worker`)');
  return parsed.targets;
}

/** Removes a surrounding pair of double quotes, unless the text is only a pair. */
export function unquoted(text: string): string {
  return text.length > 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
