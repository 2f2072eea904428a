// Lines with bytes that are not UTF-8.

import { Refusal } from '../core/errors.ts';
import { findInnermost } from '../core/find-command.ts';
import type { Session } from '../core/session.ts';
import { badByteOf, hasBadBytes, withReplacements } from '../text/bad-bytes.ts';

/**
 * The words of a line, as they may be sent. A command of the original that only reads has U+FFFD for each bad byte, as the
 * original sends it, and a warning; everything else is refused: another name than the one that was meant must not be changed.
 */
export async function checkedBytes(words: string[], line: string, name: string, { io, catalogue }: Session): Promise<string[]> {
  const bad = words.some(hasBadBytes) ? badByteOf(line) : undefined;
  if (!bad) return words;
  const what = `${name} has ${bad.what}, at column ${bad.column}`;
  const command = catalogue.dialect.commands.find((c) => c.name === words[findInnermost(words, catalogue)]);
  if (!command || command.changes) throw new Refusal(`${what}; nothing was sent. Convert it to UTF-8`);
  await io.stderr.write(`warning: ${what}; U+FFFD is sent for it. Convert it to UTF-8\n`);
  return words.map(withReplacements);
}
