// What a run of the program holds while it lasts: where to write, whom to call, and how.

import { forTerminal } from '../print/sanitise.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import type { Catalogue } from './find-command.ts';
import type { IO, Output } from './io.ts';
import type { Manners } from './manners.ts';
import type { Mode } from './outcome.ts';

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  readonly catalogue: Catalogue;
  /** For the line that runs. */
  manners: Manners;
  /** For the line that runs. */
  line: Line;
  /** For a line that says nothing else; `set` changes them. */
  defaults: Manners;
  /** What it began with: the settings of flags, environment and files. */
  readonly began: Manners;
  /** The master's address, host:port. */
  readonly address: string;
  /** Asks a yes-or-no question on the terminal; undefined where there is nobody to ask. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Lends the terminal to something that reads keys, such as a pager. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  /** Settings that were changed since it began, with where from: for `config show`. */
  readonly changed: Map<string, { readonly value: string; readonly from: string }>;
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
  catalogue: Catalogue,
  address: string,
  manners: Manners,
  people: Partial<Pick<Session, 'confirm' | 'lend'>> = {},
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
    catalogue,
    manners,
    line: UNBOUNDED,
    defaults: manners,
    began: manners,
    confirm: people.confirm,
    lend: people.lend ?? ((use) => use()),
    get address() {
      return current;
    },
    changed: new Map(),
    reachable: true,
    connect(next) {
      close();
      current = next;
      this.changed.set('master-addr', { value: next, from: 'connect' });
      this.reachable = true;
    },
    caller: () => {
      caller ??= Promise.all([import('../rpc/caller.ts'), import('./dialect-resolver.ts')]).then(([{ connect }, { resolvingCaller }]) => {
        open = resolvingCaller(connect({ addresses: [current], maxAnswerBytes: manners.maxAnswerBytes }), current, manners.protocol);
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
export async function say(output: Output, text: string): Promise<void> {
  await output.write(forTerminal(text));
}
