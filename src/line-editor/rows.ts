// Joins the rows of a multi-row line, and finds the start and end of a row in the edited text.

/** The rows of the edited text as one line. A backslash and the line feed after it become one space. */
export function joinRows(text: string): string {
  return text.replaceAll('\\\n', ' ');
}

export function rowStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

export function rowEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
