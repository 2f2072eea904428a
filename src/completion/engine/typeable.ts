// Finds names of a cluster or a folder that cannot be typed: the line would be rejected, control the terminal, or look
// different from its content.

import { forTerminal } from '../../text/sanitize.ts';

/** Control characters, line ends, lone surrogates, and characters that change the direction of text. */
const UNTYPEABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export const isTypeable = (name: string): boolean => !UNTYPEABLE.test(name);

/** The displayed form of the name, in one row. */
export function visible(name: string): string {
  return forTerminal(name)
    .replace(/[\t\n]/g, (c) => (c === '\t' ? '\\u0009' : '\\u000a'))
    .replace(/\p{Cs}/gu, '\ufffd');
}
