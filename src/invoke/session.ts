// The state of a run: where to write, which master to call, and with which options.

import type { Mode } from '../command/exit-codes.ts';
import type { CommandRegistry, Registries } from '../command/registry.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import type { Prompter } from '../io/prompter.ts';
import type { CallOptions } from '../rpc/caller.ts';
import { masterAddresses } from '../text/address.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import type { NameCache } from './name-cache.ts';
import { tlsOptions, usesTls } from './tls-options.ts';

/** Answers guided prompts. */
export interface Guide {
  readonly prompter: Prompter;
  /** Paths that start with a text. Folders end with a slash. */
  files(prefix: string): readonly string[];
  /** Receives the completed line before it runs. */
  remember?(line: string): void;
}

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  /** The registry of the master that was detected last; before that, the initial one. */
  readonly registry: CommandRegistry;
  readonly registries: Registries;
  /** The options of a line without flags of its own. */
  readonly defaultOptions: RunOptions;
  /** The initial settings: flags, environment and files. */
  readonly began: RunOptions;
  /** The master's address, host:port; several, separated by commas, for the masters of one cluster. */
  readonly address: string;
  /** Whether the connection uses TLS. */
  readonly encrypted: boolean;
  /** Asks a yes-or-no question on the terminal; undefined if no user can answer. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for what a line lacks; undefined if no user can answer. */
  readonly guide: Guide | undefined;
  /** Lends the terminal to a program that reads keys, such as a pager. */
  lendTerminal<T>(use: () => Promise<T>): Promise<T>;
  /** Settings changed during the session, with their origin, for `config show`. */
  readonly changedSettings: ReadonlyMap<string, { readonly value: string; readonly from: string }>;
  /** Changes the options of the following lines, for `set`. `text` is the value that config show prints. */
  changeSetting(name: string, text: string, options: RunOptions): void;
  /** The names that completion keeps; undefined outside the shell. */
  names?: NameCache;
  /** Whether the master of this address was detected, so that `registry` is its own. */
  readonly detected: boolean;
  /** Whether the last call reached the master. */
  reachable: boolean;
  /** Connects to another master from now on. */
  connect(address: string): void;
  /**
   * Detects the master, unless that is known, and switches to its registry.
   * @throws RpcError if it cannot be reached or does not report a generation; OtherGeneration, Interrupted
   */
  settle(options: Pick<CallOptions, 'timeoutMs' | 'signal'>): Promise<CommandRegistry>;
  /** The connection, created on first use. It sends no command to a master of another generation. */
  caller(): Promise<ResolvingCaller>;
  close(): void;
}

/** A session with a master's address. The code that makes calls is loaded with the first call. */
export function openSession(
  io: IO,
  mode: Mode,
  registries: Registries,
  address: string,
  options: RunOptions,
  people: Partial<Pick<Session, 'ask' | 'guide' | 'lendTerminal'>> = {},
): Session {
  let caller: Promise<ResolvingCaller> | undefined;
  let open: ResolvingCaller | undefined;
  let current = address;
  let registry = registries.initial;
  let detected = false;
  let defaultOptions = options;
  const changed = new Map<string, { readonly value: string; readonly from: string }>();
  const close = (): void => {
    open?.close();
    open = undefined;
    caller = undefined;
  };
  return {
    io,
    mode,
    registries,
    get registry() {
      return registry;
    },
    get defaultOptions() {
      return defaultOptions;
    },
    began: options,
    ask: people.ask,
    guide: people.guide,
    lendTerminal: people.lendTerminal ?? ((use) => use()),
    get address() {
      return current;
    },
    get encrypted() {
      return usesTls(options, current);
    },
    changedSettings: changed,
    changeSetting(name, text, next) {
      defaultOptions = next;
      changed.set(name, { value: text, from: 'set' });
    },
    get detected() {
      return detected;
    },
    reachable: true,
    connect(next) {
      close();
      detected = false;
      current = next;
      changed.set('master-addr', { value: next, from: 'connect' });
      this.reachable = true;
    },
    async settle(call) {
      const identity = await (await this.caller()).resolve(call);
      registry = await registries.of(identity);
      detected = true;
      return registry;
    },
    caller: () => {
      caller ??= Promise.all([import('../rpc/caller.ts'), import('./dialect-resolver.ts')]).then(async ([rpc, { resolvingCaller }]) => {
        const { addresses, tls: encrypted } = masterAddresses(current);
        const tls = await tlsOptions(options, encrypted, io);
        const connections = rpc.openConnections({ addresses, maxAnswerBytes: options.maxAnswerBytes, tls });
        open = resolvingCaller(connections, { protocol: options.protocol, tls });
        return open;
      });
      return caller;
    },
    close,
  };
}
