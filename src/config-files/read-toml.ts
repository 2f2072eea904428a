// Reads TOML as DM 1.0 does: TOML 0.4, keys without regard to case. smol-toml reads the values, and this file finds their places.

import { parse } from 'smol-toml';
import type { ConfigNode, Entry, MapNode, ReadProblem, ReadResult, Resolved, Span } from './document.ts';

/** A mapping under construction. */
interface Table extends MapNode {
  readonly entries: Entry[];
  readonly duplicates: Entry[];
  span: Span;
}

const table = (span: Span): Table => ({ kind: 'map', entries: [], duplicates: [], span });

const HEADER = /^\s*(\[\[?)\s*([^\]]*?)\s*(\]\]?)\s*(?:#.*)?$/;
const ASSIGNMENT = /^(\s*)("[^"]*"|'[^']*'|[^\s=#"']+)(\s*)=(\s*)/;

/**
 * Reads a text.
 * @param known the names of keys in lower case. Others keep their case
 */
export function readToml(text: string, known: ReadonlySet<string>): ReadResult {
  return new TomlReader(text, known).read();
}

class TomlReader {
  private readonly problems: ReadProblem[] = [];
  private readonly text: string;
  private readonly known: ReadonlySet<string>;
  private readonly root: Table;
  private current: Table;
  private inSession = false;
  private at = 0;

  constructor(text: string, known: ReadonlySet<string>) {
    this.text = text;
    this.known = known;
    this.root = table({ start: 0, end: 0 });
    this.current = this.root;
  }

  read(): ReadResult {
    while (this.at < this.text.length) this.line();
    return { root: this.root, problems: this.problems };
  }

  private lineEnd(from = this.at): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  private line(): void {
    const start = this.at;
    const end = this.lineEnd();
    const line = this.text.slice(start, end).replace(/\r$/, '');
    this.at = end + 1;
    if (/^\s*(?:#.*)?$/.test(line)) return;
    const header = HEADER.exec(line);
    if (header) {
      this.header(header, start, line);
      return;
    }
    const assignment = ASSIGNMENT.exec(line);
    if (assignment) this.assignment(assignment, start);
    else this.badLine(start, line);
  }

  private problem(rule: ReadProblem['rule'], span: Span, message: string, fix: string): void {
    this.problems.push({ rule, span, message, fix });
  }

  private badLine(start: number, line: string): void {
    const from = start + (line.length - line.trimStart().length);
    const span = { start: from, end: start + line.trimEnd().length };
    const pair = /^\s*([\w-]+)\s*:\s*(.*)$/.exec(line);
    if (pair)
      this.problem('syntax-error', span, 'this is YAML. DM 1.0 reads this file as TOML', `write ${pair[1]} = ${quoted(pair[2] ?? '')}`);
    else this.problem('syntax-error', span, 'this is not TOML', 'write key = value, or [section]');
  }

  private header([whole, open, path = '', close]: RegExpExecArray, start: number, line: string): void {
    const from = start + (line.length - line.trimStart().length);
    const span = { start: from, end: start + (whole as string).replace(/#.*$/, '').trimEnd().length };
    if (open?.length !== close?.length || path === '') {
      this.problem('syntax-error', span, 'the section name is not closed correctly', 'write [section] or [[section]]');
      return;
    }
    const names = path.split('.').map((name) => this.nameOf(name.trim().replace(/^["']|["']$/g, ''), span));
    this.inSession = names.join('.') === 'from.session';
    const last = names.pop() as string;
    let at = this.root;
    for (const name of names) at = this.child(at, name, span);
    this.current = open === '[[' ? this.append(at, last, span) : this.section(at, last, span);
  }

  /** The table of a name, made if needed. Of a list of tables, the last one. */
  private child(parent: Table, name: string, span: Span): Table {
    const found = parent.entries.find((e) => e.name === name)?.value;
    if (found?.kind === 'map') return found as Table;
    const last = found?.kind === 'list' ? found.items.at(-1) : undefined;
    if (last?.kind === 'map') return last as Table;
    const made = table(span);
    parent.entries.push({ name, nameSpan: span, value: made });
    return made;
  }

  private section(parent: Table, name: string, span: Span): Table {
    const made = table(span);
    const entry = { name, nameSpan: span, value: made };
    const found = parent.entries.find((e) => e.name === name);
    // A table that only the header of its own sub table made is not a duplicate.
    if (found?.value.kind === 'map' && found.value.entries.every((e) => e.value.kind === 'map') && found.nameSpan.start !== span.start) {
      if (found.value.entries.length > 0) return found.value as Table;
    }
    (found ? parent.duplicates : parent.entries).push(entry);
    return made;
  }

  private append(parent: Table, name: string, span: Span): Table {
    const made = table(span);
    const found = parent.entries.find((e) => e.name === name);
    if (found?.value.kind === 'list') (found.value.items as ConfigNode[]).push(made);
    else if (found) parent.duplicates.push({ name, nameSpan: span, value: { kind: 'list', items: [made], span } });
    else parent.entries.push({ name, nameSpan: span, value: { kind: 'list', items: [made], span } });
    return made;
  }

  /** The name in the case of the declaration, as DM finds it. */
  private nameOf(name: string, span: Span): string {
    const low = name.toLowerCase();
    if (this.inSession || low === name || this.known.has(name) || !this.known.has(low)) return name;
    const message = `the key is named ${low}. DM 1.0 accepts ${name} too`;
    this.problems.push({ rule: 'key-case', span, message, fix: `write ${low}`, warning: true });
    return low;
  }

  private assignment([, before = '', typed = '', space = '', after = '']: RegExpExecArray, start: number): void {
    const nameSpan = { start: start + before.length, end: start + before.length + typed.length };
    const valueStart = nameSpan.end + space.length + 1 + after.length;
    const valueEnd = this.valueEnd(valueStart);
    this.at = this.lineEnd(Math.max(valueEnd, valueStart)) + 1;
    const span = { start: valueStart, end: Math.max(valueEnd, valueStart) };
    const isBare = !/^["']/.test(typed);
    const name = this.nameOf(isBare ? typed : typed.slice(1, -1), nameSpan);
    if (isBare && !/^[\w-]+$/.test(typed)) {
      this.problem('syntax-error', nameSpan, `a key must consist of letters, digits, - and _`, 'put keys of a section below its [section]');
    }
    const entry = { name, nameSpan, value: this.value(span) };
    const isKnown = this.current.entries.some((e) => e.name === name);
    (isKnown ? this.current.duplicates : this.current.entries).push(entry);
  }

  /** Where a value ends: at the end of its line, or further down for brackets and for texts of several lines. */
  private valueEnd(start: number): number {
    const long = /^(?:"""|''')/.exec(this.text.slice(start, start + 3))?.[0];
    if (long) {
      const end = this.text.indexOf(long, start + 3);
      return end < 0 ? this.text.length : end + 3;
    }
    let depth = 0;
    let quote = '';
    for (let i = start; i < this.text.length; i += 1) {
      const char = this.text[i] as string;
      if (char === '\n' && (depth === 0 || quote !== '')) return this.trimmed(start, i);
      if (quote !== '') {
        if (char === '\\' && quote === '"') i += 1;
        else if (char === quote) quote = '';
      } else if (char === '"' || char === "'") quote = char;
      else if (char === '#' && depth === 0) return this.trimmed(start, i);
      else if (char === '[' || char === '{') depth += 1;
      else if (char === ']' || char === '}') depth -= 1;
    }
    return this.trimmed(start, this.text.length);
  }

  private trimmed(start: number, end: number): number {
    return start + this.text.slice(start, end).trimEnd().length;
  }

  private value(span: Span): ConfigNode {
    const text = this.text.slice(span.start, span.end);
    const old = /^[-+]?0[xob]/.test(text) ? 'DM 1.0 reads only decimal numbers' : undefined;
    try {
      if (old) throw new Error(old);
      return nodeOf(parse(`value = ${text}`, { integersAsBigInt: true }).value, span);
    } catch {
      const [message, fix] = old ? [old, 'write the number with digits only'] : valueProblem(text);
      this.problem('syntax-error', { start: span.start, end: Math.max(span.end, span.start + 1) }, message, fix);
      return { kind: 'scalar', text, plain: true, resolved: { type: 'null' }, span };
    }
  }
}

const quoted = (text: string): string => (/^(?:true|false|\d+|["'].*)$/.test(text) ? text : JSON.stringify(text));

function valueProblem(text: string): readonly [message: string, fix: string] {
  if (text === '') return ['the key has no value', 'write a value, or remove the key'];
  if (/^(?:true|false)$/i.test(text)) return ['true and false must be in lower case', `write ${text.toLowerCase()}`];
  if (/^["']/.test(text))
    return ['the text in quotes is not valid: a quote is missing, or \\ is not followed by an escape', 'close the quote'];
  if (/^\d+[a-zµ]+$/i.test(text)) return ['a value with a unit must be in quotes', `write ${JSON.stringify(text)}`];
  if (/^[[{]/.test(text)) return ['the list or table is not valid TOML', 'close the bracket, and put all texts in quotes'];
  return ['a text must be in quotes', `write ${JSON.stringify(text)}`];
}

function nodeOf(value: unknown, span: Span): ConfigNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => nodeOf(item, span)), span };
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const entries = Object.entries(value).map(([name, item]) => ({ name, nameSpan: span, value: nodeOf(item, span) }));
    return { kind: 'map', entries, duplicates: [], span };
  }
  return { kind: 'scalar', text: String(value), plain: typeof value !== 'string', resolved: resolvedOf(value), span };
}

function resolvedOf(value: unknown): Resolved {
  if (typeof value === 'bigint') return { type: 'int', value };
  if (typeof value === 'number') return { type: 'float', value };
  if (typeof value === 'boolean') return { type: 'bool', value };
  return value instanceof Date ? { type: 'timestamp' } : { type: 'text' };
}
