// Marks bytes that are not UTF-8 in a text until it is rejected. The byte 0x80 + n becomes U+DC80 + n, a lone surrogate, which
// no valid text contains.

import { isUtf8 } from 'node:buffer';
import { decodeParts } from './utf8.ts';

const MARK = 0xdc00;
const REPLACEMENT = '\ufffd';
/** Replaces U+FFFD if it is unknown whether it was in the input or replaced other bytes. */
const DOUBT = '\udffd';
/** A lone surrogate. */
const BAD = /\p{Surrogate}/u;

/** The text of the bytes, with each bad byte marked. */
export function decodeMarked(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let at = 0;
  const texts = decodeParts(bytes).map((part) => {
    const text = part ?? String.fromCharCode(MARK + (bytes[at] as number));
    at += part === undefined ? 1 : Buffer.byteLength(part);
    return text;
  });
  return texts.join('');
}

/**
 * The arguments of the program with bad bytes marked.
 * @param words as the system decoded them, with U+FFFD for what is not UTF-8
 * @param bytes returns the bytes of each; undefined if the system does not show them, and then every U+FFFD is marked
 */
export function markArguments(words: readonly string[], bytes: () => readonly Buffer[] | undefined): readonly string[] {
  if (!words.some((word) => word.includes(REPLACEMENT))) return words;
  return bytes()?.map(decodeMarked) ?? words.map((word) => word.replaceAll(REPLACEMENT, DOUBT));
}

export const hasBadBytes = (text: string): boolean => BAD.test(text);

/** The problem with the text and the place of the first bad byte; undefined if there is none. */
export function badByteOf(text: string): { readonly what: string; readonly column: number } | undefined {
  const found = BAD.exec(text);
  if (!found) return undefined;
  const code = found[0].charCodeAt(0);
  const column = [...text.slice(0, found.index)].length + 1;
  const hex = (n: number): string => n.toString(16).toUpperCase();
  if (found[0] === DOUBT) return { what: 'U+FFFD, which may replace bytes that are not UTF-8', column };
  const isByte = code >= MARK + 0x80 && code <= MARK + 0xff;
  return { what: isByte ? `the byte 0x${hex(code - MARK)}, which is not UTF-8` : `half a character (U+${hex(code)})`, column };
}

/** The text with U+FFFD for each bad byte, as Go sends it. */
export function withReplacements(text: string): string {
  return text.replace(/\p{Surrogate}/gu, REPLACEMENT);
}

/** Decodes bytes as they arrive. An incomplete character waits for its rest. */
export class MarkingDecoder {
  private rest: Buffer = Buffer.alloc(0);

  write(bytes: Buffer): string {
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const end = wholeEnd(all);
    this.rest = Buffer.from(all.subarray(end));
    return decodeMarked(all.subarray(0, end));
  }
}

/** The end of the bytes, or the start of the incomplete character at their end. */
function wholeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
