// Names that come from a cluster or a folder and cannot be typed: a line with them would be refused, or would steer the
// terminal, or would not show what it says.

import { forTerminal } from '../../text/sanitize.ts';

/** Control characters, ends of lines, halves of characters, and marks that turn the direction of text. */
const UNTYPEABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export const isTypeable = (name: string): boolean => !UNTYPEABLE.test(name);

/** The name as it may be shown, in one row. */
export function visible(name: string): string {
  return forTerminal(name)
    .replace(/[\t\n]/g, (c) => (c === '\t' ? '\\u0009' : '\\u000a'))
    .replace(/\p{Cs}/gu, '\ufffd');
}
