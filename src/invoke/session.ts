// What a run of the program holds while it lasts: where to write, whom to call, and how.

import type { CommandRegistry } from '../args/find-command.ts';
import type { Mode } from '../command/exit-codes.ts';
import type { IO, Output } from '../io/io.ts';
import { forTerminal } from '../output/sanitize.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import type { RunOptions } from './run-options.ts';

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  readonly registry: CommandRegistry;
  /** For the line that runs. */
  options: RunOptions;
  /** For the line that runs. */
  line: Line;
  /** For a line that says nothing else; `set` changes them. */
  defaultOptions: RunOptions;
  /** What it began with: the settings of flags, environment and files. */
  readonly began: RunOptions;
  /** The master's address, host:port. */
  readonly address: string;
  /** Asks a yes-or-no question on the terminal; undefined where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  /** Lends the terminal to something that reads keys, such as a pager. */
  lendTerminal<T>(use: () => Promise<T>): Promise<T>;
  /** Settings that were changed since it began, with where from: for `config show`. */
  readonly changedSettings: Map<string, { readonly value: string; readonly from: string }>;
  /** Whether the last call got through to the master. */
  reachable: boolean;
  /** Talks to another master from now on. */
  connect(address: string): void;
  /** The connection, made when first asked for. It calls no master of another generation. */
  caller(): Promise<ResolvingCaller>;
  close(): void;
}

/** A session on a master's address. What makes calls is loaded with the first one. */
export function openSession(
  io: IO,
  mode: Mode,
  registry: CommandRegistry,
  address: string,
  options: RunOptions,
  people: Partial<Pick<Session, 'ask' | 'lendTerminal'>> = {},
): Session {
  let caller: Promise<ResolvingCaller> | undefined;
  let open: ResolvingCaller | undefined;
  let current = address;
  const close = (): void => {
    open?.close();
    open = undefined;
    caller = undefined;
  };
  return {
    io,
    mode,
    registry: registry,
    options: options,
    line: UNBOUNDED,
    defaultOptions: options,
    began: options,
    ask: people.ask,
    lendTerminal: people.lendTerminal ?? ((use) => use()),
    get address() {
      return current;
    },
    changedSettings: new Map(),
    reachable: true,
    connect(next) {
      close();
      current = next;
      this.changedSettings.set('master-addr', { value: next, from: 'connect' });
      this.reachable = true;
    },
    caller: () => {
      caller ??= Promise.all([import('../rpc/caller.ts'), import('./dialect-resolver.ts')]).then(([{ connect }, { resolvingCaller }]) => {
        open = resolvingCaller(connect({ addresses: [current], maxAnswerBytes: options.maxAnswerBytes }), current, options.protocol);
        return open;
      });
      return caller;
    },
    close,
  };
}

/** What bounds the line that runs. */
export interface Line {
  /** Aborted by Ctrl-C and at the end of -timeout. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left of -timeout; undefined without one. */
  leftMs(): number | undefined;
}

const UNBOUNDED: Line = { signal: new AbortController().signal, leftMs: () => undefined };

/** Writes a text that may hold what came from the network, its control characters shown: what a pipe takes ends on a terminal. */
export async function writeSafe(output: Output, text: string): Promise<void> {
  await output.write(forTerminal(text));
}
