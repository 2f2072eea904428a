// A configuration file as nodes with their places in the text. YAML and TOML are read into the same form.

/** A part of the text: offsets in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a scalar is. `timestamp` exists in YAML only. */
export type Resolved =
  | { readonly type: 'null' }
  | { readonly type: 'text' }
  | { readonly type: 'timestamp' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number };

export interface ScalarNode {
  readonly kind: 'scalar';
  /** The value as text. */
  readonly text: string;
  /** Plain YAML scalars are without quotes. */
  readonly plain: boolean;
  readonly resolved: Resolved;
  readonly span: Span;
}

export interface Entry {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: ConfigNode;
  /** It comes from a merge key (`<<`). */
  readonly merged?: boolean;
}

export interface MapNode {
  readonly kind: 'map';
  /** In the order of the file, without duplicates: the first one counts. */
  readonly entries: readonly Entry[];
  /** Entries whose name has already been used. */
  readonly duplicates: readonly Entry[];
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
  readonly span: Span;
}

export type ConfigNode = ScalarNode | MapNode | ListNode;

/** A mistake that prevents reading, or a remark of the reader. */
export interface ReadProblem {
  readonly rule: 'syntax-error' | 'unused-anchor' | 'several-documents' | 'key-case';
  readonly span: Span;
  readonly message: string;
  readonly fix?: string;
  readonly warning?: boolean;
}

export interface ReadResult {
  /** Undefined if the syntax is wrong or the file is empty. */
  readonly root: ConfigNode | undefined;
  readonly problems: readonly ReadProblem[];
}

/** The entry of a mapping. Undefined if it has none, or is not a mapping. */
export function entryOf(node: ConfigNode | undefined, name: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  for (const entry of node.entries) if (entry.name === name) return entry;
  return undefined;
}

/** The value of an entry; undefined also if it is null. */
export function childOf(node: ConfigNode | undefined, ...path: readonly string[]): ConfigNode | undefined {
  let at = node;
  for (const name of path) at = entryOf(at, name)?.value;
  return at === undefined || isNull(at) ? undefined : at;
}

/** The text of an entry; empty if there is none or it is not a scalar. */
export function textOf(node: ConfigNode | undefined, ...path: readonly string[]): string {
  const value = childOf(node, ...path);
  return value?.kind === 'scalar' ? value.text : '';
}

/** The scalars of a list; empty if it is not a list. */
export function scalarsOf(node: ConfigNode | undefined): readonly ScalarNode[] {
  return node?.kind === 'list' ? node.items.filter((item) => item.kind === 'scalar') : [];
}

/** The entries of a mapping; empty if it is not a mapping. */
export function entriesOf(node: ConfigNode | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function isNull(node: ConfigNode): boolean {
  return node.kind === 'scalar' && node.resolved.type === 'null';
}

/** A number of a scalar; undefined if it is none. */
export function numberOf(node: ConfigNode | undefined): number | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const { resolved } = node;
  if (resolved.type === 'int') return Number(resolved.value);
  return resolved.type === 'float' ? Math.trunc(resolved.value) : undefined;
}

/** Whether a scalar is true. */
export function isTrue(node: ConfigNode | undefined): boolean {
  return node?.kind === 'scalar' && node.resolved.type === 'bool' && node.resolved.value;
}

/** The lines of a text, to turn offsets into lines and columns. */
export class LineIndex {
  private readonly starts: number[] = [0];
  private readonly text: string;
  /** Then a column is a number of code units. */
  private readonly isAscii: boolean;

  constructor(text: string) {
    this.text = text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has them
    this.isAscii = /^[\u0000-\u007f]*$/.test(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Line and column of an offset, from 1. Columns count characters. */
  at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: this.lengthOf(this.text.slice(this.starts[low], offset)) + 1 };
  }

  /** The number of characters of a part of the text. */
  lengthOf(part: string): number {
    return this.isAscii ? part.length : [...part].length;
  }

  /** A line without its line break. */
  line(number: number): string {
    const start = this.starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, this.starts[number] ?? this.text.length).replace(/\r?\n$/, '');
  }

  /** The offset of the start of a line. */
  startOf(number: number): number {
    return this.starts[number - 1] ?? this.text.length;
  }

  get count(): number {
    return this.starts.length;
  }
}
