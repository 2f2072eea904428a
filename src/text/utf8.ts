// Decodes UTF-8 as Go does: every byte outside a valid sequence becomes one U+FFFD. JavaScript's WHATWG decoder replaces the
// start of an incomplete sequence with a single one.

import { isUtf8 } from 'node:buffer';

/** The text of the bytes. Each bad byte becomes one U+FFFD. */
export function decodeUtf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return decodeParts(bytes)
    .map((part) => part ?? '\ufffd')
    .join('');
}

/** The valid pieces of the bytes. undefined marks one bad byte. */
export function decodeParts(bytes: Buffer): (string | undefined)[] {
  const parts: (string | undefined)[] = [];
  let start = 0;
  let at = 0;
  const flush = (): void => {
    if (at > start) parts.push(bytes.toString('utf8', start, at));
  };
  while (at < bytes.length) {
    const size = sequenceAt(bytes, at);
    if (size > 0) {
      at += size;
      continue;
    }
    flush();
    parts.push(undefined);
    at += 1;
    start = at;
  }
  flush();
  return parts;
}

/** Length of the valid sequence at a place, 0 if there is none before `end` (RFC 3629: no overlong forms, no surrogates). */
export function sequenceAt(bytes: Buffer, at: number, end = bytes.length): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const size = first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0) === 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (size === 0 || at + size > end) return 0;
  const second = bytes[at + 1] as number;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let i = 2; i < size; i += 1) {
    if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  }
  return size;
}
