// Masks the passwords in configuration texts, YAML or TOML. It works on lines instead of a parser, because invalid texts and
// comments have passwords too. In doubt it masks more. It reads each part of the text a fixed number of times.

const MASK = '******';
const WORD = /password/gi;

/** The text with ****** for each value of a key that ends in `password`. All other bytes and empty values stay unchanged. */
export function withoutPasswords(text: string): string {
  const lines = new Lines(text);
  let out = '';
  let from = 0;
  let nameStart = 0;
  let nameEnd = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < from) continue; // inside a value that is already masked
    if (index >= nameEnd) {
      nameStart = index;
      while (nameStart > from && isNamePart(text[nameStart - 1])) nameStart -= 1;
      nameEnd = index + word.length;
      while (nameEnd < text.length && isNamePart(text[nameEnd])) nameEnd += 1;
    }
    const key = keyAt(text, nameStart, index + word.length);
    if (!key) continue;
    const { end, mask } = valueAt(text, key.start, key.value, lines);
    out += text.slice(from, key.value) + mask;
    from = end;
  }
  return out + text.slice(from);
}

const isNamePart = (char: string | undefined): boolean => char !== undefined && /[\w.-]/.test(char);
const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';
const isQuote = (char: string | undefined): char is string => char === '"' || char === "'";

/** The start of a key, including its quote, and of its value; undefined for a word that is not a key. */
function keyAt(text: string, nameStart: number, wordEnd: number): { start: number; value: number } | undefined {
  const before = text[nameStart - 1];
  const isQuoted = isQuote(before) && text[wordEnd] === before;
  const start = isQuoted ? nameStart - 1 : nameStart;
  if (isQuoted && /[\w-]/.test(text[start - 1] ?? '')) return undefined;
  let at = afterBlanks(text, isQuoted ? wordEnd + 1 : wordEnd);
  const separator = text[at];
  const next = text[at + 1];
  if (separator !== '=' && !(separator === ':' && (next === undefined || /[\s"']/.test(next)))) return undefined;
  at = afterBlanks(text, at + 1);
  return { start, value: at };
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at += 1;
  return at;
}

/** The state of the line of a key. Keys must be visited in their order. */
class Lines {
  private readonly text: string;
  private at = 0;
  private end = -1;
  start = 0;
  /** The number of open braces before the key, and whether a comment may have started. */
  open = 0;
  commented = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads up to the place of a key. */
  to(place: number): this {
    for (; this.at < place; this.at += 1) {
      const char = this.text[this.at];
      if (char === '\n') {
        this.start = this.at + 1;
        this.open = 0;
        this.commented = false;
      } else if (char === '{') this.open += 1;
      else if (char === '}') this.open -= 1;
      else if (char === '#') this.commented = true;
    }
    return this;
  }

  /** The end of the line of a place, before its line feed. */
  endAt(place: number): number {
    if (this.end < place) {
      const end = this.text.indexOf('\n', place);
      this.end = end < 0 ? this.text.length : end;
    }
    return this.end;
  }
}

function valueAt(text: string, keyStart: number, at: number, lines: Lines): { end: number; mask: string } {
  const quoted = quotedAt(text, at);
  if (quoted) {
    const { end, mark } = quoted;
    return { end, mask: end - at === 2 * mark.length ? text.slice(at, end) : mark + MASK + mark };
  }
  const { start, open, commented } = lines.to(keyStart);
  const lineEnd = lines.endAt(at);
  if (open > 0) return inlineAt(text, at, lineEnd);
  const bareEnd = bareValueEnd(text, at, lineEnd);
  const isEmpty = bareEnd === at;
  // A value may continue, or start, in following lines that are indented more than its key.
  const column = keyStart - start;
  const end = commented ? lineEnd : endOfDeeperLines(text, lineEnd, column);
  if (end === lineEnd) return { end: bareEnd, mask: isEmpty ? '' : MASK };
  const beginsBelow = isEmpty || text[at] === '|' || text[at] === '>';
  return { end, mask: (beginsBelow ? `${text.slice(at, lineEnd)}\n${' '.repeat(column + 2)}` : '') + MASK };
}

/** A quoted value of either language, which may have several lines. Unclosed triple quotes extend to the end of the text. */
function quotedAt(text: string, at: number): { end: number; mark: string } | undefined {
  const quote = text[at];
  if (!isQuote(quote)) return undefined;
  const mark = quote.repeat(3);
  if (text.startsWith(mark, at)) {
    const close = text.indexOf(mark, at + 3);
    return { end: close < 0 ? text.length : close + 3, mark };
  }
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text[end];
    if (quote === '"' && char === '\\') end += 1;
    else if (char === quote) {
      if (quote === '"' || text[end + 1] !== quote) return { end: end + 1, mark: quote };
      end += 1;
    }
  }
  return undefined;
}

/** A value between braces. */
function inlineAt(text: string, at: number, lineEnd: number): { end: number; mask: string } {
  let end = at;
  while (end < lineEnd && !/[,}\]]/.test(text[end] as string)) end += 1;
  while (end > at && /\s/.test(text[end - 1] as string)) end -= 1;
  return { end, mask: end === at ? '' : MASK };
}

/** The end of an unquoted value in its line, before a comment, spaces and a comma. */
function bareValueEnd(text: string, at: number, lineEnd: number): number {
  let end = at;
  while (end < lineEnd && !(text[end] === '#' && (end === at || isBlank(text[end - 1])))) end += 1;
  while (end > at && (isBlank(text[end - 1]) || text[end - 1] === '\r')) end -= 1;
  return end > at && text[end - 1] === ',' ? end - 1 : end;
}

/** The end of the following lines that are indented more than a column, including empty lines between them. */
function endOfDeeperLines(text: string, lineEnd: number, column: number): number {
  let end = lineEnd;
  for (let line = lineEnd; line < text.length; ) {
    const start = line + 1;
    const content = afterBlanks(text, start);
    const next = text.indexOf('\n', content);
    line = next < 0 ? text.length : next;
    const last = text[line - 1] === '\r' ? line - 1 : line;
    if (content >= last) continue; // an empty line
    if (content - start <= column) break;
    end = last;
  }
  return end;
}
