// Escapes texts in JSON like Go's encoding/json, including HTML's special characters and the two line separators.

// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the control characters to escape
const SPECIAL = /["\\<>&\u0000-\u001f\u2028\u2029]/g;

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The escaped form of a text, without its quotes. */
export function escapeJson(text: string): string {
  return text.replace(SPECIAL, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
