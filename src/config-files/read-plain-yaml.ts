// Reads the YAML that most configuration files consist of: blocks of keys and lists, and values on one line. It is many times
// as fast as the yaml package. Whatever else a file has, and every mistake, is left to that package.

import type { ConfigNode, Entry, ListNode, MapNode, ScalarNode, Span } from './document.ts';
import { resolvePlain } from './yaml-scalars.ts';

/** A line with content. Its start moves behind a `-` that was read. */
interface Line {
  indent: number;
  start: number;
  /** Without the comment and the spaces before it. */
  readonly end: number;
}

/** Thrown for everything that is left to the yaml package. */
class Other extends Error {}

/** What no plain file has: tabs, control characters, unusual line breaks, several documents, directives. */
const UNUSUAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: files with these characters are left to the yaml package
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)|\n(?:---|\.\.\.|%)|^(?:%|\.\.\.)/;

const KEY = /([A-Za-z_][\w-]*|"[^"\\\n]*"|'[^'\n]*'):(?= |$|\r?\n)/y;

const DOUBLE_QUOTED = /"(?:[^"\\]|\\["\\nt])*"/y;
const SINGLE_QUOTED = /'(?:[^']|'')*'/y;
const FLOW_TEXT = /[^,[\]{}\n]*/y;
/** What a value without quotes does not have, or what has another meaning. */
const NOT_PLAIN = /^[&*!|>%@`,[\]{}#?"':]|^-(?: |$)|:(?: |$)| #|[^\S ]/;

/** The value of a file; undefined if it has anything unusual. */
export function readPlainYaml(text: string): ConfigNode | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return new PlainReader(text).read();
  } catch (e) {
    if (e instanceof Other) return undefined;
    throw e;
  }
}

class PlainReader {
  private readonly text: string;
  private readonly lines: Line[] = [];
  private at = 0;

  constructor(text: string) {
    this.text = text;
    for (let start = text.startsWith('---\n') ? 4 : 0; start < text.length; ) {
      const found = text.indexOf('\n', start);
      const end = found < 0 ? text.length : found;
      this.addLine(start, end);
      start = end + 1;
    }
  }

  private addLine(start: number, end: number): void {
    const { text } = this;
    let from = start;
    while (from < end && text.charCodeAt(from) === 0x20) from += 1;
    if (from === end || text[from] === '#' || (text[from] === '\r' && from + 1 === end)) return;
    this.lines.push({ indent: from - start, start: from, end: trimmedEnd(text, from, text[end - 1] === '\r' ? end - 1 : end) });
  }

  read(): ConfigNode {
    const [first] = this.lines;
    if (!first) throw new Other();
    const root = this.block(first.indent);
    if (this.at < this.lines.length) throw new Other();
    return root;
  }

  private get line(): Line | undefined {
    return this.lines[this.at];
  }

  private isItem(line: Line): boolean {
    return this.text[line.start] === '-' && (line.start + 1 === line.end || this.text[line.start + 1] === ' ');
  }

  private block(indent: number): ConfigNode {
    const line = this.line as Line;
    return this.isItem(line) ? this.list(indent) : this.map(indent);
  }

  private list(indent: number): ListNode {
    const start = (this.line as Line).start;
    const items: ConfigNode[] = [];
    for (let line = this.line; line && line.indent === indent && this.isItem(line); line = this.line) {
      const dash = line.start;
      let from = dash + 1;
      while (from < line.end && this.text[from] === ' ') from += 1;
      if (from >= line.end || this.text[from] === '#') {
        this.at += 1;
        items.push(this.below(indent, dash + 1, false));
        continue;
      }
      line.indent += from - dash;
      line.start = from;
      items.push(this.startsKey(line) ? this.map(line.indent) : this.inline(line, from, indent));
    }
    return { kind: 'list', items, span: { start, end: endOf(items.at(-1)) } };
  }

  /** What is below a key or a `-`. `isKey`: a list may have the same indentation. */
  private below(indent: number, at: number, isKey: boolean): ConfigNode {
    const next = this.line;
    if (next && (next.indent > indent || (isKey && next.indent === indent && this.isItem(next)))) return this.block(next.indent);
    return { kind: 'scalar', text: '', plain: true, resolved: { type: 'null' }, span: { start: at, end: at } };
  }

  private startsKey({ start }: Line): boolean {
    KEY.lastIndex = start;
    return KEY.test(this.text);
  }

  private map(indent: number): MapNode {
    const { start } = this.line as Line;
    const entries = new Map<string, Entry>();
    const duplicates: Entry[] = [];
    let last: Entry | undefined;
    for (let line = this.line; line && line.indent === indent; line = this.line) {
      KEY.lastIndex = line.start;
      const written = KEY.exec(this.text)?.[1];
      if (written === undefined) break;
      const nameSpan = { start: line.start, end: line.start + written.length };
      last = {
        name: /^["']/.test(written) ? written.slice(1, -1) : written,
        nameSpan,
        value: this.entryValue(line, nameSpan.end + 1, indent),
      };
      if (entries.has(last.name)) duplicates.push(last);
      else entries.set(last.name, last);
    }
    if (!last) throw new Other();
    return { kind: 'map', entries: [...entries.values()], duplicates, span: { start, end: endOf(last.value) } };
  }

  private entryValue(line: Line, after: number, indent: number): ConfigNode {
    let from = after;
    while (from < line.end && this.text[from] === ' ') from += 1;
    if (from < line.end) return this.inline(line, from, indent);
    this.at += 1;
    return this.below(indent, after, true);
  }

  /** A value on one line. */
  private inline(line: Line, from: number, indent: number): ConfigNode {
    const { node, end } = this.value(from, line.end, false);
    if (end !== line.end) throw new Other();
    this.at += 1;
    const next = this.line;
    if (next && next.indent > indent) throw new Other(); // a value of several lines
    return node;
  }

  private value(from: number, limit: number, inFlow: boolean): { readonly node: ConfigNode; readonly end: number } {
    const char = this.text[from];
    if (char === '"' || char === "'") return this.quoted(from, limit);
    if (char === '[') return this.flowList(from, limit);
    if (char === '{') return this.flowMap(from, limit);
    return this.plain(from, limit, inFlow);
  }

  private quoted(from: number, limit: number): { node: ScalarNode; end: number } {
    const pattern = this.text[from] === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
    pattern.lastIndex = from;
    const written = pattern.exec(this.text)?.[0];
    if (written === undefined || from + written.length > limit) throw new Other();
    const end = from + written.length;
    const inner = written.slice(1, -1);
    const text = written.startsWith("'") ? inner.replaceAll("''", "'") : inner.includes('\\') ? JSON.parse(written) : inner;
    return { node: { kind: 'scalar', text, plain: false, resolved: { type: 'text' }, span: { start: from, end } }, end };
  }

  private plain(from: number, limit: number, inFlow: boolean): { node: ScalarNode; end: number } {
    let end = limit;
    if (inFlow) {
      FLOW_TEXT.lastIndex = from;
      end = Math.min(limit, from + (FLOW_TEXT.exec(this.text)?.[0] ?? '').length);
    }
    const written = this.text.slice(from, withoutSpaces(this.text, from, end));
    const isOther = written === '' || written === '<<' || NOT_PLAIN.test(written);
    if (isOther) throw new Other();
    const span = { start: from, end: from + written.length };
    return { node: { kind: 'scalar', text: written, plain: true, resolved: resolvePlain(written), span }, end: span.end };
  }

  private spaces(from: number): number {
    let at = from;
    while (this.text[at] === ' ') at += 1;
    return at;
  }

  /** Reads entries until the closing bracket. Returns the place behind it. */
  private flow(from: number, limit: number, close: string, entry: (at: number) => number): number {
    let at = this.spaces(from + 1);
    while (at < limit && this.text[at] !== close) {
      at = this.spaces(entry(at));
      if (this.text[at] === ',') at = this.spaces(at + 1);
      else if (this.text[at] !== close) throw new Other();
    }
    if (at >= limit) throw new Other();
    return at + 1;
  }

  private flowList(from: number, limit: number): { node: ListNode; end: number } {
    const items: ConfigNode[] = [];
    const end = this.flow(from, limit, ']', (at) => {
      const { node, end: after } = this.value(at, limit, true);
      items.push(node);
      return after;
    });
    return { node: { kind: 'list', items, span: { start: from, end } }, end };
  }

  private flowMap(from: number, limit: number): { node: MapNode; end: number } {
    const entries = new Map<string, Entry>();
    const duplicates: Entry[] = [];
    const end = this.flow(from, limit, '}', (at) => {
      KEY.lastIndex = at;
      const written = KEY.exec(this.text)?.[1];
      if (written === undefined) throw new Other();
      const nameSpan: Span = { start: at, end: at + written.length };
      const { node, end: after } = this.value(this.spaces(nameSpan.end + 1), limit, true);
      const entry = { name: /^["']/.test(written) ? written.slice(1, -1) : written, nameSpan, value: node };
      if (entries.has(entry.name)) duplicates.push(entry);
      else entries.set(entry.name, entry);
      return after;
    });
    return { node: { kind: 'map', entries: [...entries.values()], duplicates, span: { start: from, end } }, end };
  }
}

const endOf = (node: ConfigNode | undefined): number => node?.span.end ?? 0;

/** The end of a line without its comment. Quotes are respected only as far as needed: an unusual line is found later. */
function trimmedEnd(text: string, start: number, end: number): number {
  const line = text.slice(start, end);
  if (!line.includes('#')) return withoutSpaces(text, start, end);
  let quote = 0;
  let before = 0x20;
  let stop = end;
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === 0x5c && quote === 0x22) i += 1;
      else if (code === quote) quote = 0;
    } else if ((code === 0x22 || code === 0x27) && (before === 0x20 || before === 0x5b || before === 0x7b || before === 0x2c)) quote = code;
    else if (code === 0x23 && before === 0x20) {
      stop = i;
      break;
    }
    before = code;
  }
  return withoutSpaces(text, start, stop);
}

/** The end without the spaces before it. Other white space belongs to a value. */
function withoutSpaces(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) === 0x20) stop -= 1;
  return stop;
}
