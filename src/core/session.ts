// What a run of the program holds while it lasts: where to write, whom to call, and how.

import { forTerminal } from '../print/sanitise.ts';
import type { Caller } from '../rpc/caller.ts';
import type { Catalogue } from './find-command.ts';
import type { IO, Output } from './io.ts';
import type { Mode } from './outcome.ts';

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  readonly catalogue: Catalogue;
  /** Milliseconds that each call may take. */
  readonly timeoutMs: number;
  /** The connection, made when first asked for. */
  caller(): Promise<Caller>;
  close(): void;
}

/** A session on a master's address. The gRPC library is loaded with the first call. */
export function openSession(io: IO, mode: Mode, catalogue: Catalogue, address: string, timeoutMs: number): Session {
  let caller: Promise<Caller> | undefined;
  let open: Caller | undefined;
  return {
    io,
    mode,
    catalogue,
    timeoutMs,
    caller: () => {
      caller ??= import('../rpc/caller.ts').then(({ connect }) => {
        open = connect(address);
        return open;
      });
      return caller;
    },
    close: () => open?.close(),
  };
}

/** Writes a text that may hold what came from the network: a terminal is shown its control characters. */
export async function say(output: Output, text: string | Buffer): Promise<void> {
  await output.write(output.isTTY ? forTerminal(typeof text === 'string' ? text : text.toString('utf8')) : text);
}
