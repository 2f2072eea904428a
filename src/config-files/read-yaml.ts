// Reads YAML as DM does: YAML 1.1, only the first document, all keys of a mapping once.

import { Composer, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Parser, type YAMLError, type YAMLMap } from 'yaml';
import type { ConfigNode, Entry, MapNode, ReadProblem, ReadResult, Span } from './document.ts';
import { joinFlowLines } from './flow-lines.ts';
import { diagnoseSyntax } from './yaml-diagnosis.ts';
import { resolvePlain, resolveTagged } from './yaml-scalars.ts';
import { findForbiddenCharacter, findTab } from './yaml-tabs.ts';

const OPTIONS = { schema: 'failsafe', version: '1.1', uniqueKeys: false, merge: false, prettyErrors: false } as const;

/** Errors of the yaml package for what DM accepts. */
function isAccepted(error: YAMLError, text: string): boolean {
  if (error.code === 'BAD_DQ_ESCAPE') return text.startsWith("\\'", error.pos[0]);
  return error.code === 'MISSING_CHAR' && text[error.pos[0]] === '#' && /^Comments? must be/.test(error.message);
}

function compose(text: string): { document: Document.Parsed | undefined; errors: readonly YAMLError[] } {
  const found = new Composer(OPTIONS).compose(new Parser().parse(text)).next();
  const document = found.done ? undefined : (found.value as Document.Parsed);
  return { document, errors: document?.errors.filter((e) => !isAccepted(e, text)) ?? [] };
}

/** Reads a text without a byte order mark. */
export function readYaml(text: string): ReadResult {
  let read = compose(text);
  if (read.errors.length > 0) {
    const joined = compose(joinFlowLines(text));
    if (joined.errors.length === 0) read = joined;
  }
  const { document, errors } = read;
  const [first] = errors;
  if (first) return { root: undefined, problems: [diagnoseSyntax(first, text, document?.contents ?? undefined)] };
  if (!document) return { root: undefined, problems: [] };
  const version = document.directives?.yaml.explicit ? document.directives.yaml.version : '1.1';
  if (version !== '1.1') {
    const message = `DM reads YAML 1.1, and the file is declared as YAML ${version}`;
    const start = Math.max(0, text.indexOf('%YAML'));
    return { root: undefined, problems: [syntaxError({ start, end: start + 9 }, message, 'remove the line')] };
  }
  return new Reader(text).read(document);
}

const syntaxError = (span: Span, message: string, fix?: string): ReadProblem => ({
  rule: 'syntax-error',
  span,
  message,
  ...(fix !== undefined && { fix }),
});

/** Turns the nodes of the yaml package into ours. */
class Reader {
  private readonly problems: ReadProblem[] = [];
  private readonly anchors = new Map<string, ConfigNode>();
  private readonly open = new Set<string>();
  private readonly unused = new Map<string, Span>();
  /** Ends of scalars without quotes. */
  private readonly plainEnds = new Set<number>();
  /** What may contain tabs: brackets, quotes and blocks of text. */
  private readonly tabsAllowed: Span[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(document: Document.Parsed): ReadResult {
    const root = document.contents ? this.node(document.contents) : undefined;
    for (const [name, span] of this.unused) {
      this.problems.push({ rule: 'unused-anchor', span, message: `no alias uses the anchor ${name}`, fix: 'remove it', warning: true });
    }
    const end = document.range[2];
    const bad = findForbiddenCharacter(this.text, end) ?? findTab(this.text, end, this.tabsAllowed, this.plainEnds);
    if (bad) return { root: undefined, problems: [bad] };
    this.addLaterDocuments(end);
    return { root, problems: this.problems };
  }

  private addLaterDocuments(end: number): void {
    const rest = /^---(?=\s|$)/m.exec(this.text.slice(end));
    if (!rest || /^[\s#]*$/.test(this.text.slice(end + rest.index + 3))) return;
    const start = end + rest.index;
    const message = 'DM reads only the first document of a file. It ignores everything from here on';
    this.problems.push({
      rule: 'several-documents',
      span: { start, end: start + 3 },
      message,
      fix: 'use one file per task',
      warning: true,
    });
  }

  private node(node: Node): ConfigNode {
    const [start, end] = node.range ?? [0, 0];
    const span = { start, end };
    if (isAlias(node)) return this.alias(node.source, span);
    const { anchor } = node as { anchor?: string };
    if (anchor) {
      this.open.add(anchor);
      this.unused.set(anchor, this.anchorSpan(anchor, start));
    }
    const read = this.content(node, span);
    if (anchor) {
      this.open.delete(anchor);
      this.anchors.set(anchor, read);
    }
    return read;
  }

  /** The place of an anchor, which is before the node. */
  private anchorSpan(anchor: string, before: number): Span {
    const at = this.text.lastIndexOf(`&${anchor}`, before);
    return { start: at, end: at + anchor.length + 1 };
  }

  private alias(name: string, span: Span): ConfigNode {
    const found = this.anchors.get(name);
    this.unused.delete(name);
    if (found && !this.open.has(name)) return found;
    const message = this.open.has(name) ? `the anchor ${name} contains itself` : `unknown anchor ${name}`;
    this.problems.push(syntaxError(span, message, found ? undefined : `define it before with &${name}, or put the value in quotes`));
    return { kind: 'scalar', text: '', plain: true, resolved: { type: 'null' }, span };
  }

  private content(node: Node, span: Span): ConfigNode {
    if (isMap(node)) {
      if (node.flow) this.tabsAllowed.push(span);
      return this.map(node, span);
    }
    if (isSeq(node)) {
      if (node.flow) this.tabsAllowed.push(span);
      return { kind: 'list', items: node.items.map((item) => this.node(item as Node)), span };
    }
    if (!isScalar(node)) throw new Error('the yaml package returned an unknown node');
    const text = node.source ?? '';
    const plain = node.type === 'PLAIN' || node.type === undefined;
    if (plain) this.plainEnds.add(span.end);
    else this.tabsAllowed.push(span);
    const tagged = node.tag ? resolveTagged(node.tag, text) : undefined;
    return { kind: 'scalar', text, plain, resolved: tagged ?? (plain ? resolvePlain(text) : { type: 'text' }), span };
  }

  private map(node: YAMLMap, span: Span): MapNode {
    const entries = new Map<string, Entry>();
    const duplicates: Entry[] = [];
    const merges: ConfigNode[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const { key } = pair;
      const at = key?.range ?? [span.start, span.start];
      const nameSpan = { start: at[0], end: at[1] };
      const nothing: ConfigNode = { kind: 'scalar', text: '', plain: true, resolved: { type: 'null' }, span: { start: at[1], end: at[1] } };
      const name = key ? this.node(key) : nothing;
      const value = pair.value ? this.node(pair.value) : nothing;
      if (name.kind !== 'scalar') {
        this.problems.push(syntaxError(nameSpan, 'a key must be a text', 'put the key in quotes, or write a space after a colon'));
        continue;
      }
      const entry = { name: name.text, nameSpan, value };
      if (name.plain && name.text === '<<') merges.push(value);
      else if (entries.has(name.text)) duplicates.push(entry);
      else entries.set(name.text, entry);
    }
    for (const value of merges) this.merge(value, entries);
    return { kind: 'map', entries: [...entries.values()], duplicates, span };
  }

  /** Adds the entries of a merged mapping. Own entries win. */
  private merge(value: ConfigNode, entries: Map<string, Entry>): void {
    const maps = value.kind === 'list' ? value.items : [value];
    for (const map of maps) {
      if (map.kind !== 'map') {
        this.problems.push(syntaxError(map.span, 'only a mapping can be merged with <<', 'use an alias of a mapping, such as <<: *name'));
        continue;
      }
      for (const entry of map.entries) if (!entries.has(entry.name)) entries.set(entry.name, { ...entry, merged: true });
    }
  }
}
