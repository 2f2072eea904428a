// Texts inside JSON as Go's encoding/json escapes them: HTML's special characters and the two line separators too, and
// each byte that is not UTF-8 as the six characters \ufffd (a real U+FFFD stays as it is).

import { isUtf8 } from 'node:buffer';
import { decodeParts } from '../text/utf8.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is to be escaped
const SPECIAL = /["\\<>&\u0000-\u001f\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is to be escaped
const SPECIALS = /["\\<>&\u0000-\u001f\u2028\u2029]/g;

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The escaped form of a text, without its quotes. */
export function escapeJson(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (c) => SHORT[c] ?? unicode(c)) : text;
}

/** The same for the bytes of a text. */
export function jsonText(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\ufffd')) return escapeJson(text);
  const part = bytes.subarray(start, end);
  if (isUtf8(part)) return escapeJson(text);
  return decodeParts(part)
    .map((p) => (p === undefined ? '\\ufffd' : escapeJson(p)))
    .join('');
}

function unicode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
