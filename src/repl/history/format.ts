// The file of the history: a line an entry, `<id> <length> <text>`. The id tells an entry that was written twice from
// one that was typed twice; the length in bytes tells a line that was written in part. Line feeds in the text are
// written as \n, backslashes as \\.

/** Beyond it an entry is not written: one write must take it whole. */
const MAX_BYTES = 64 << 10;

/** Only a line feed ends a line of the file: the text may hold U+2028 and others that end lines elsewhere. */
const LINE = /^([a-z0-9]+) ([0-9]+) (.*)$/s;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not be steered by what a file holds
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

export interface Entry {
  readonly id: string;
  /** As it stands in the file. */
  readonly line: string;
}

/** The line of an entry, with its end; undefined for one that is too long to be kept. */
export function fileLine(id: string, entry: string): string | undefined {
  const text = entry.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const length = Buffer.byteLength(text);
  return length > MAX_BYTES ? undefined : `${id} ${length} ${text}\n`;
}

/** The whole entries of a part of the file, each once; whatever is none is passed over. */
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
