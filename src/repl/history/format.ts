// The format of the history file: one line per entry, `<id> <length> <text>`. The id distinguishes an entry that was written twice
// from one that was typed twice; the length in bytes detects a partly written line. Line feeds in the text are
// written as \n, backslashes as \\.

/** The maximum size of an entry, because one write must take it whole. */
const MAX_BYTES = 64 << 10;

/** Only a line feed ends a line of the file: the text may contain U+2028 and other line ends. */
const LINE = /^([a-z0-9]+) ([0-9]+) (.*)$/s;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the content of a file must not control the terminal
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

export interface Entry {
  readonly id: string;
  /** The text as written in the file. */
  readonly line: string;
}

/** The line of an entry with its end; undefined for an entry that is too long. */
export function fileLine(id: string, entry: string): string | undefined {
  const text = entry.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const length = Buffer.byteLength(text);
  return length > MAX_BYTES ? undefined : `${id} ${length} ${text}\n`;
}

/** The complete entries in a part of the file, each once. Everything else is skipped. */
export function readEntries(text: string): Entry[] {
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const line of text.split('\n')) {
    const [, id, length, body] = LINE.exec(line) ?? [];
    if (id === undefined || body === undefined || seen.has(id)) continue;
    if (Buffer.byteLength(body) !== Number(length) || CONTROL.test(body.replaceAll('\t', ''))) continue;
    seen.add(id);
    entries.push({ id, line });
  }
  return entries;
}

/** What was typed. */
export function textOf({ line }: Entry): string {
  const body = line.slice(line.indexOf(' ', line.indexOf(' ') + 1) + 1);
  return body.includes('\\') ? body.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) : body;
}
