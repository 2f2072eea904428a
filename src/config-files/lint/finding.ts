// What lint reports, and the collection of findings while a file is checked.

import type { Release } from '../../command/release.ts';
import { atLeast } from '../../command/release.ts';
import type { ConfigNode, LineIndex, Span } from '../document.ts';
import { type FileKind, KINDS } from '../file-kind.ts';
import type { RuleId } from './rules.ts';

/** An error is rejected by a master of the release. A warning is accepted, but does not do what it seems to do. */
export type Severity = 'error' | 'warning';

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** From 1. Columns count characters. */
  readonly line: number;
  readonly column: number;
  /** The column after the last character, in the same line. */
  readonly endColumn: number;
  /** The key, such as `mysql-instances[0].source-id`. Empty for the whole file. */
  readonly path: string;
  readonly message: string;
  /** How to fix it. Empty if the message says it. */
  readonly fix: string;
  /** The error code of a master. Empty if it reports none. */
  readonly code: string;
}

interface Details {
  readonly fix?: string | undefined;
  readonly code?: string | undefined;
}

/** The maximum number of findings in a file. A file with more is not a configuration file. */
const MAX_FINDINGS = 1000;

/** A file that is being checked. */
export class LintContext {
  readonly kind: FileKind;
  readonly release: Release;
  readonly root: ConfigNode | undefined;
  readonly lines: LineIndex;
  private readonly text: string;
  private readonly found = new Map<string, Finding>();

  constructor(kind: FileKind, release: Release, text: string, lines: LineIndex, root: ConfigNode | undefined) {
    this.kind = kind;
    this.release = release;
    this.text = text;
    this.lines = lines;
    this.root = root;
  }

  get isYaml(): boolean {
    return KINDS[this.kind].syntax === 'YAML';
  }

  /** Whether there are so many findings that no more are added. */
  get isFull(): boolean {
    return this.found.size >= MAX_FINDINGS;
  }

  /** Whether the release is that one or later. */
  since(release: string): boolean {
    return atLeast(this.release, release);
  }

  /** Whether the release is earlier. */
  before(release: string): boolean {
    return !atLeast(this.release, release);
  }

  report(severity: Severity, rule: RuleId, span: Span, path: string, message: string, { fix = '', code = '' }: Details = {}): void {
    if (this.isFull) return;
    const { line, column } = this.lines.at(span.start);
    const id = `${rule} ${span.start} ${message}`;
    const known = this.found.get(id);
    if (known && (known.severity === 'error' || severity === 'warning')) return;
    const lineLength = this.lines.lengthOf(this.lines.line(line));
    const end = this.lines.at(span.end);
    const endColumn = Math.max(column + 1, Math.min(end.line === line ? end.column : lineLength + 1, lineLength + 1));
    this.found.set(id, { rule, severity, line, column, endColumn, path, message, fix, code });
  }

  error(rule: RuleId, span: Span, path: string, message: string, details?: Details): void {
    this.report('error', rule, span, path, message, details);
  }

  warn(rule: RuleId, span: Span, path: string, message: string, details?: Details): void {
    this.report('warning', rule, span, path, message, details);
  }

  /** The place of the `-` of a list entry that begins at a span. */
  dashOf(span: Span): Span {
    const before = this.text.slice(0, span.start);
    const dash = before.trimEnd();
    return dash.endsWith('-') ? { start: dash.length - 1, end: dash.length } : span;
  }

  /** The findings in the order of the file. */
  findings(): Finding[] {
    return [...this.found.values()].sort((a, b) => a.line - b.line || a.column - b.column || (a.severity < b.severity ? -1 : 1));
  }
}
