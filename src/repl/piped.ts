// Lines from a pipe or a file: LF, CRLF and CR end them; the last may lack an end.

import { Refusal } from '../core/errors.ts';
import { decodeUtf8 } from '../text/utf8.ts';

const LF = 0x0a;
const CR = 0x0d;

/** The lines of a stream of bytes, each as soon as it is complete. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let open: Buffer[] = [];
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
      yield decodeUtf8(Buffer.concat([...open, chunk.subarray(start, at)]));
      open = [];
      start = at + 1;
    }
    if (start < chunk.length) open.push(Buffer.from(chunk.subarray(start)));
  }
  const last = Buffer.concat(open);
  if (last.length > 0) yield decodeUtf8(last);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is to be refused
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Whether the line holds a control character that is refused. */
export function hasControls(line: string): boolean {
  return CONTROL.test(line);
}

/** Throws Refusal when the line holds a control character other than a tab: nobody meant to send it. */
export function refuseControls(line: string): void {
  const found = CONTROL.exec(line);
  if (!found) return;
  const code = (found[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  throw new Refusal(
    `the line has the control character U+${code} at column ${[...line.slice(0, found.index)].length + 1}; nothing was sent`,
  );
}
