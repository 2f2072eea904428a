// What came from the network must not steer a terminal: control characters are shown, not sent.

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is to be shown
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The text with every control character but tab and line break written as \u00XX. */
export function forTerminal(text: string): string {
  return text.replace(STEERING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
