// What a run of the program holds while it lasts: where to write, whom to call, and how.

import { forTerminal } from '../print/sanitise.ts';
import type { Caller } from '../rpc/caller.ts';
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
  /** For a line that says nothing else; `set` changes them. */
  defaults: Manners;
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
  /** The connection, made when first asked for. */
  caller(): Promise<Caller>;
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
  let caller: Promise<Caller> | undefined;
  let open: Caller | undefined;
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
    defaults: manners,
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
      caller ??= import('../rpc/caller.ts').then(({ connect }) => {
        open = connect({ addresses: [current], maxAnswerBytes: manners.maxAnswerBytes });
        return open;
      });
      return caller;
    },
    close,
  };
}

/** Writes a text that may hold what came from the network: a terminal is shown its control characters. */
export async function say(output: Output, text: string | Buffer): Promise<void> {
  await output.write(output.isTTY ? forTerminal(typeof text === 'string' ? text : text.toString('utf8')) : text);
}
