// Configuration texts, YAML or TOML, with the passwords in them left out. It goes by lines and not by a parser: a text
// that does not parse, and a line in a comment, have passwords too. In doubt it takes more. Each part of the text is read
// a fixed number of times, whatever it holds.

const MASK = '******';
const WORD = /password/gi;

/** The text with ****** for each value of a key that ends in `password`; every other byte stays. Empty values stay, too. */
export function withoutPasswords(text: string): string {
  const lines = new Lines(text);
  let out = '';
  let from = 0;
  let nameStart = 0;
  let nameEnd = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < from) continue; // inside a value that is left out already
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

/** Where a key begins, with its quote, and where its value does; undefined for a word that is no key. */
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

/** What is known of the line of a key, while keys are met in their order. */
class Lines {
  private readonly text: string;
  private at = 0;
  private end = -1;
  /** Where the line begins. */
  start = 0;
  /** Braces that are open before the key, and whether a comment may have begun. */
  open = 0;
  commented = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads on to the place of a key. */
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

  /** Where the line of a place ends, before its line feed. */
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
  // A value may go on, or begin, in lines that are further to the right than its key.
  const column = keyStart - start;
  const end = commented ? lineEnd : endOfDeeperLines(text, lineEnd, column);
  if (end === lineEnd) return { end: bareEnd, mask: isEmpty ? '' : MASK };
  const beginsBelow = isEmpty || text[at] === '|' || text[at] === '>';
  return { end, mask: (beginsBelow ? `${text.slice(at, lineEnd)}\n${' '.repeat(column + 2)}` : '') + MASK };
}

/** A value in quotes of either language, also over several lines. Three quotes that nothing closes take the whole rest. */
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

/** A value among others between braces. */
function inlineAt(text: string, at: number, lineEnd: number): { end: number; mask: string } {
  let end = at;
  while (end < lineEnd && !/[,}\]]/.test(text[end] as string)) end += 1;
  while (end > at && /\s/.test(text[end - 1] as string)) end -= 1;
  return { end, mask: end === at ? '' : MASK };
}

/** Where a value without quotes ends in its line: before a comment, blanks and a comma. */
function bareValueEnd(text: string, at: number, lineEnd: number): number {
  let end = at;
  while (end < lineEnd && !(text[end] === '#' && (end === at || isBlank(text[end - 1])))) end += 1;
  while (end > at && (isBlank(text[end - 1]) || text[end - 1] === '\r')) end -= 1;
  return end > at && text[end - 1] === ',' ? end - 1 : end;
}

/** The end of the lines that follow and stand further to the right than a column, with blank ones between them. */
function endOfDeeperLines(text: string, lineEnd: number, column: number): number {
  let end = lineEnd;
  for (let line = lineEnd; line < text.length; ) {
    const start = line + 1;
    const content = afterBlanks(text, start);
    const next = text.indexOf('\n', content);
    line = next < 0 ? text.length : next;
    const last = text[line - 1] === '\r' ? line - 1 : line;
    if (content >= last) continue; // a blank line
    if (content - start <= column) break;
    end = last;
  }
  return end;
}
