// A line of several rows: how they are joined, and where a row begins and ends in the edited text.

/** The rows of the edited text as one line: a backslash before the end of a row becomes, with it, one blank. */
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
