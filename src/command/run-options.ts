// How a run, or one line of it, treats what it is asked to do and shows what it gets.

import { parseDuration } from '../text/duration.ts';
import { UsageError } from './errors.ts';
import type { ParsedArgs } from './flags.ts';
import { AUTO_FORMAT, type ColorMode, type OutputFormat, parseColor, parseFormat } from './output-format.ts';

/** Which generation of DM is spoken: what the master says, or what the user says. */
const PROTOCOLS = ['auto', 'v1'] as const;
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

/** The session's options with what the line itself says. Throws UsageError. */
export function optionsForLine({ common }: Pick<ParsedArgs, 'common'>, session: RunOptions): RunOptions {
  const taken = <T>(flag: 'output' | 'color' | 'timeout', read: (text: string) => T, otherwise: T): T => {
    const text = common[flag];
    if (text === '') return otherwise;
    try {
      return read(text);
    } catch (e) {
      throw new UsageError(`--${flag}: ${(e as Error).message}`);
    }
  };
  const options: RunOptions = {
    ...session,
    format: taken('output', parseFormat, session.format),
    query: common.query || session.query,
    color: taken('color', parseColor, session.color),
    pager: common.pager || session.pager,
    commandTimeoutMs: taken<number | undefined>('timeout', parseDuration, session.commandTimeoutMs),
    quiet: common.quiet || session.quiet,
    confirmImpact: session.confirmImpact && !common.yes,
    yes: session.yes || common.yes,
    asksMany: session.asksMany && !common.yes,
  };
  checkQuery(options);
  return options;
}

/** What -query finds is JSON; there is no table of it. */
function checkQuery({ format, query }: RunOptions): void {
  if (query === '' || ['auto', 'json', 'jsonl', 'yaml'].includes(format.kind)) return;
  throw new UsageError(`--query goes with --output json, jsonl or yaml, not with ${format.kind}`);
}
