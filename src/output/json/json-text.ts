// Texts inside JSON as Go's encoding/json escapes them: HTML's special characters and the two line separators too.

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is to be escaped
const SPECIAL = /["\\<>&\u0000-\u001f\u2028\u2029]/g;

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The escaped form of a text, without its quotes. */
export function escapeJson(text: string): string {
  return text.replace(SPECIAL, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
