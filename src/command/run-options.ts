// How a run, or one line of it, executes commands and shows their answers.

import { goQuote } from '../text/quote.ts';
import { AUTO_FORMAT, type ColorMode, formatText, hasRows, type OutputFormat, takesQuery } from './output-format.ts';
import { type RowSelection, selectsRows } from './row-selection.ts';

/** Which generation of DM to use: detected from the master, or set by the user. */
export const PROTOCOLS = ['auto', 'v1', 'v2'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Reads a protocol. Throws Error that lists the choices. */
export function parseProtocol(text: string): Protocol {
  const protocol = PROTOCOLS.find((name) => name === text);
  if (protocol) return protocol;
  throw new Error(`invalid protocol ${goQuote(text)}: use auto, v1 or v2`);
}

export interface RunOptions extends RowSelection {
  readonly protocol: Protocol;
  /** Paths of PEM files for TLS, and the common names that a master's certificate may have; empty for none. */
  readonly sslCa: string;
  readonly sslCert: string;
  readonly sslKey: string;
  readonly certAllowedCn: string;
  /** The timeout of each call in milliseconds. */
  readonly rpcTimeoutMs: number;
  /** The maximum size of an answer in bytes. */
  readonly maxAnswerBytes: number;
  /** Whether to confirm dangerous commands. */
  readonly confirmImpact: boolean;
  /** Whether the user answered yes to all questions in advance. */
  readonly yes: boolean;
  /** Whether to confirm a command for all tasks that match a pattern or --all. */
  readonly asksMany: boolean;
  /** Whether commands that change the cluster are rejected. */
  readonly readOnly: boolean;
  /** Why they are rejected and how to fix that, if the user did not set read-only. */
  readonly readOnlyReason: string | undefined;
  /** Whether a read-only call is retried once when its connection broke. */
  readonly retryReads: boolean;
  readonly format: OutputFormat;
  /** A JSONPath into the answer; empty for the whole answer. */
  readonly query: string;
  readonly color: ColorMode;
  /** The pager for dmctl; `off` for none; undefined uses $PAGER. */
  readonly pager: string | undefined;
  /** Whether standard error shows only errors. */
  readonly quiet: boolean;
  /** The timeout of a whole command in milliseconds; undefined for no limit. */
  readonly commandTimeoutMs: number | undefined;
}

/** The defaults of the original. */
export const DEFAULT_RUN_OPTIONS: RunOptions = {
  protocol: 'auto',
  sslCa: '',
  sslCert: '',
  sslKey: '',
  certAllowedCn: '',
  rpcTimeoutMs: 0,
  maxAnswerBytes: 2 ** 30,
  confirmImpact: false,
  yes: false,
  asksMany: false,
  readOnly: false,
  readOnlyReason: undefined,
  retryReads: false,
  format: AUTO_FORMAT,
  sortBy: [],
  columns: [],
  filter: [],
  query: '',
  color: 'auto',
  pager: undefined,
  quiet: false,
  commandTimeoutMs: undefined,
};

/** Why options cannot be combined, with the flags as typed (`dash`: the dashes before them); undefined if they can. */
export function conflictIn(options: RunOptions, dash: '-' | '--'): string | undefined {
  const { format, query, sortBy, columns } = options;
  if (query !== '' && !takesQuery(format)) return `${dash}query works with ${dash}output json, jsonl or yaml, not with ${format.kind}`;
  if (!selectsRows(options) || (format.kind === 'auto' && query === '') || hasRows(format)) return undefined;
  const flag = sortBy.length > 0 ? 'sort-by' : columns.length > 0 ? 'columns' : 'filter';
  const other = query !== '' ? `${dash}query` : `${dash}output ${formatText(format)}`;
  return `${dash}${flag} works with ${dash}output table, wide, name, csv or tsv, not with ${other}`;
}
