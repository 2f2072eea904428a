// The only place where results and errors become texts, streams and an exit status.

import {
  Cancelled,
  CountError,
  InputError,
  Interrupted,
  Refusal,
  Rejected,
  RpcError,
  TimedOut,
  UnknownTopic,
  UsageError,
  WriteFailed,
} from './errors.ts';
import { GRPC_CODE } from './grpc-code.ts';

/** How the program was called: a command line, or lines of a prompt or a pipe. */
export type Mode = 'one-shot' | 'lines';

/** Exit statuses of the program. */
export const EXIT_CODE = { ok: 0, failed: 1, usage: 2, timedOut: 3, interrupted: 130 } as const;

export interface ErrorReport {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly status: number;
}

/** The text of an error, its stream, and the exit status. Unexpected errors are reported as such. */
export function describeFailure(error: unknown, mode: Mode, failure?: string): ErrorReport {
  // The original prints its messages among the answers; a script wants only answers there.
  const stream = mode === 'lines' ? 'stdout' : 'stderr';
  if (error instanceof UnknownTopic) {
    const status = error.harmless ? EXIT_CODE.ok : EXIT_CODE.usage;
    return { stream: 'stderr', text: `${error.message}\n${error.usage}`, status };
  }
  if (error instanceof CountError) return { stream: 'stderr', text: `Error: ${error.message}\n\n${error.usage}`, status: EXIT_CODE.usage };
  if (error instanceof UsageError) return { stream: 'stderr', text: `Error: ${error.message}\n${error.usage}`, status: EXIT_CODE.usage };
  if (error instanceof Refusal) return { stream: 'stderr', text: `${error.message}\n`, status: EXIT_CODE.usage };
  if (error instanceof InputError) return { stream, text: `${error.message}\n`, status: EXIT_CODE.usage };
  if (error instanceof RpcError) {
    const silent = failure === undefined; // the original prints nothing for this failure
    return { stream: silent ? 'stderr' : stream, text: `${failure ?? 'the call failed:\n'}${error.message}\n`, status: EXIT_CODE.failed };
  }
  if (error instanceof Interrupted) {
    return { stream: 'stderr', text: `interrupted. ${error.note}\n`, status: EXIT_CODE.interrupted };
  }
  if (error instanceof Cancelled) {
    return { stream: 'stderr', text: `${error.message}\n`, status: EXIT_CODE.interrupted };
  }
  if (error instanceof TimedOut) return { stream: 'stderr', text: `${error.message}. ${error.note}\n`, status: EXIT_CODE.timedOut };
  if (error instanceof Rejected) return { stream: 'stderr', text: `${failure ?? ''}${error.message}\n`, status: EXIT_CODE.failed };
  if (error instanceof WriteFailed) return { stream: 'stderr', text: `${error.message}\n`, status: EXIT_CODE.failed };
  return { stream: 'stderr', text: `dmctl: unexpected error: ${(error as Error)?.message ?? error}\n`, status: EXIT_CODE.failed };
}

/** Additional help beyond the message, for people, on standard error. */
export function errorHint(error: unknown): string | undefined {
  if (error instanceof RpcError && error.code === GRPC_CODE.unimplemented) {
    return 'the DM-master does not implement this call. Its release may be too old. Check it with status';
  }
  return undefined;
}
