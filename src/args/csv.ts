// Lists in flags (`-w a,b`) are one line of CSV: pflag reads them with Go's encoding/csv.

/** The values of one list flag. Throws Error with Go's message about the position. */
export function readCsv(text: string): string[] {
  if (text === '') return [];
  const line = firstLine(text);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at);
      const field = comma < 0 ? line.slice(at) : line.slice(at, comma);
      const quote = field.indexOf('"');
      if (quote >= 0) throw new Error(`parse error on line 1, column ${byteColumn(line, at + quote)}: bare " in non-quoted-field`);
      fields.push(field);
      if (comma < 0) return fields;
      at = comma + 1;
      continue;
    }
    const { value, next } = quoted(line, at + 1);
    fields.push(value);
    if (next >= line.length) return fields;
    at = next + 1;
  }
}

/** Reads a quoted field from after its opening quote. Two quotes mean one. */
function quoted(line: string, start: number): { value: string; next: number } {
  let value = '';
  let at = start;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) throw stray(line, line.length);
    value += line.slice(at, quote);
    const after = line[quote + 1];
    if (after === undefined || after === ',') return { value, next: quote + 1 };
    if (after !== '"') throw stray(line, quote);
    value += '"';
    at = quote + 2;
  }
}

function stray(line: string, at: number): Error {
  return new Error(`parse error on line 1, column ${byteColumn(line, at)}: extraneous or missing " in quoted-field`);
}

function byteColumn(line: string, at: number): number {
  return Buffer.byteLength(line.slice(0, at)) + 1;
}

/** Only the first non-empty line counts. */
function firstLine(text: string): string {
  return text.split(/\r?\n/).find((l) => l !== '') ?? '';
}
