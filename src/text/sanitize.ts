// Keeps data from the network from controlling a terminal. Control characters are made visible, and so are those that change the
// direction of text or break a line.

// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the control characters to make visible
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text with every character that controls a terminal, except tab and line feed, written as \u00XX. */
export function forTerminal(text: string): string {
  return text.replace(STEERING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same in one line: line breaks and tabs become spaces. */
export function inOneLine(text: string): string {
  return PRINTABLE.test(text) ? text : forTerminal(text.replace(/[\t\n\r]+/g, ' ')).trim();
}

const PRINTABLE = /^[\x20-\x7e]*$/;
