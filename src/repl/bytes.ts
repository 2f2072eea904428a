// Lines with bytes that are not UTF-8.

import { findInnermost } from '../args/find-command.ts';
import { NOT_SENT, Refusal } from '../command/errors.ts';
import type { Session } from '../invoke/session.ts';
import { writeMessage } from '../io/write-safe.ts';
import { badByteOf, hasBadBytes, withReplacements } from '../text/bad-bytes.ts';

/**
 * The words of a line as they may be sent. For a read-only command of the original, each bad byte becomes U+FFFD, as the
 * original sends it, with a warning. Everything else is rejected, because the change could affect a name that was not intended.
 */
export async function checkedBytes(words: string[], line: string, name: string, { io, registry }: Session): Promise<string[]> {
  const bad = words.some(hasBadBytes) ? badByteOf(line) : undefined;
  if (!bad) return words;
  const what = `${name} has ${bad.what}, at column ${bad.column}`;
  const command = registry.dialect.commands.find((c) => c.name === words[findInnermost(words, registry)]);
  if (!command || command.mutating) throw new Refusal(`${what}. ${NOT_SENT}. Convert it to UTF-8`);
  await writeMessage(io.stderr, `warning: ${what}. U+FFFD is sent instead. Convert it to UTF-8\n`);
  return words.map(withReplacements);
}
