// Trims one character from a text in linear time. A regular expression such as /;+$/ takes quadratic time on long runs.

/** The text without the character at its end. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/** The text without the character at both ends. */
export function trimBoth(text: string, character: string): string {
  let start = 0;
  while (start < text.length && text[start] === character) start += 1;
  return trimEnd(text.slice(start), character);
}
