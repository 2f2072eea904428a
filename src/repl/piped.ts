// Reads lines from a pipe or a file. LF, CRLF and CR end a row; the last may lack an end. A row with open SQL continues in
// the next row, as at the prompt.

import { NOT_SENT, Refusal } from '../command/errors.ts';
import type { CommandRegistry } from '../command/registry.ts';
import { joinRows } from '../line-editor/rows.ts';
import { decodeMarked } from '../text/bad-bytes.ts';
import { type Open, OpenRows } from './open-line.ts';

const LF = 0x0a;
const CR = 0x0d;

/** The maximum size of a line in bytes. */
const MAX_BYTES = 16 << 20;

/** A line or row with the number of its first row, from 1. Bytes that are not UTF-8 are marked (text/bad-bytes.ts). */
export interface Piped {
  readonly text: string;
  readonly number: number;
}

const tooLong = (number: number): Refusal =>
  new Refusal(`line ${number} is longer than ${MAX_BYTES >> 20} MiB. ${NOT_SENT}, and the lines after it were not read`);

/** The rows of a stream of bytes, each as soon as it is complete. Throws Refusal for one that is too long. */
async function* rowsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Piped> {
  let open: Buffer[] = [];
  let size = 0;
  let number = 1;
  let afterCr = false;
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === LF && afterCr) {
        afterCr = false;
        start = at + 1;
        continue;
      }
      afterCr = byte === CR;
      if (byte !== LF && byte !== CR) continue;
      yield { text: decodeMarked(Buffer.concat([...open, chunk.subarray(start, at)])), number };
      open = [];
      size = 0;
      number += 1;
      start = at + 1;
    }
    if (start < chunk.length) open.push(Buffer.from(chunk.subarray(start)));
    size += chunk.length - start;
    if (size > MAX_BYTES) throw tooLong(number);
  }
  const last = Buffer.concat(open);
  if (last.length > 0) yield { text: decodeMarked(last), number };
}

/**
 * The lines of a stream of bytes, each as soon as it is complete. A backslash at the end of the last row belongs to it.
 * Throws Refusal for a line that is too long, and at the end of the input where a quote or comment of SQL is open.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, registry: () => CommandRegistry): AsyncGenerator<Piped> {
  let rows: string[] = [];
  let number = 1;
  let size = 0;
  let reader = new OpenRows(registry());
  let open: Open | undefined;
  const line = (): Piped => ({ text: joinRows(rows.join('\n')), number });
  for await (const row of rowsOf(chunks)) {
    if (rows.length === 0) number = row.number;
    rows.push(row.text);
    size += row.text.length;
    if (size > MAX_BYTES) throw tooLong(number);
    open = reader.add(row.text);
    if (open) continue;
    yield line();
    rows = [];
    size = 0;
    reader = new OpenRows(registry());
  }
  if (open === '\\') yield line();
  else if (open) {
    const what = open === '/*' ? 'comment /*' : `quote ${open}`;
    const end = open === '/*' ? '*/' : open;
    throw new Refusal(
      `line ${number + reader.openRow}: the ${what} is not closed before the end of the input. The command in line ${number} was not sent. Close it with ${end}`,
    );
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the control characters to reject
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Whether the line contains a control character that is rejected. */
export function hasControls(line: string): boolean {
  return CONTROL.test(line);
}

/** Throws Refusal if the line contains a control character other than a tab, since it is never intended. */
export function refuseControls(line: string): void {
  const found = CONTROL.exec(line);
  if (!found) return;
  const code = (found[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  throw new Refusal(
    `the line has the control character U+${code} at column ${[...line.slice(0, found.index)].length + 1}. ${NOT_SENT}. Remove the character`,
  );
}
