// How a run, or one line of it, treats what it is asked to do and shows what it gets.

import { AUTO_FORMAT, type ColorMode, type OutputFormat } from './output-format.ts';

/** Which generation of DM is spoken: what the master says, or what the user says. */
export const PROTOCOLS = ['auto', 'v1'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Reads a protocol. Throws Error that says which there are. */
export function parseProtocol(text: string): Protocol {
  const protocol = PROTOCOLS.find((name) => name === text);
  if (protocol) return protocol;
  throw new Error(`invalid protocol ${text}: it must be ${PROTOCOLS.join(' or ')}`);
}

export interface RunOptions {
  readonly protocol: Protocol;
  /** Milliseconds that each call may take. */
  readonly rpcTimeoutMs: number;
  /** The bytes that one answer may have. */
  readonly maxAnswerBytes: number;
  /** Whether harmful commands are asked about first. */
  readonly confirmImpact: boolean;
  /** Whether the user has said that nothing is to be asked. */
  readonly yes: boolean;
  /** Whether a command is asked about first that goes to every task that a pattern or --all finds. */
  readonly asksMany: boolean;
  /** Whether everything that changes the cluster is refused. */
  readonly readOnly: boolean;
  /** Why it is, with what to do about it, where nobody said so. */
  readonly readOnlyReason: string | undefined;
  /** Whether a call that changes nothing is made once more when its connection broke. */
  readonly retryReads: boolean;
  readonly format: OutputFormat;
  /** A JSONPath of what is wanted of the answer; empty for all. */
  readonly query: string;
  readonly color: ColorMode;
  /** The pager that was chosen for dmctl, `off` for none; undefined leaves it to $PAGER. */
  readonly pager: string | undefined;
  /** Whether nothing but errors is said on standard error. */
  readonly quiet: boolean;
  /** Milliseconds that a whole command may take; undefined for as long as it likes. */
  readonly commandTimeoutMs: number | undefined;
}

/** The original's ways. */
export const DEFAULT_RUN_OPTIONS: RunOptions = {
  protocol: 'auto',
  rpcTimeoutMs: 0,
  maxAnswerBytes: 2 ** 30,
  confirmImpact: false,
  yes: false,
  asksMany: false,
  readOnly: false,
  readOnlyReason: undefined,
  retryReads: false,
  format: AUTO_FORMAT,
  query: '',
  color: 'auto',
  pager: undefined,
  quiet: false,
  commandTimeoutMs: undefined,
};
