// The state of a run: where to write, which master to call, and with which options.

import type { Mode } from '../command/exit-codes.ts';
import type { CommandRegistry, Registries } from '../command/registry.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import type { Prompter } from '../io/prompter.ts';
import type { CallOptions } from '../rpc/caller.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import type { NameCache } from './name-cache.ts';
import { SessionConnection } from './session-connection.ts';
import { usesTls } from './tls-options.ts';

/** Answers guided prompts. */
export interface Guide {
  readonly prompter: Prompter;
  /** Paths that start with a text. Folders end with a slash. */
  files(prefix: string): readonly string[];
  /** Receives the completed line before it runs. */
  remember?(line: string): void;
}

/** A profile and the cluster that it is for. */
export interface ProfileTarget {
  /** Empty if no profile was chosen. */
  readonly name: string;
  /** The address of its cluster; undefined if another setting than the profile's decides about TLS. */
  readonly address: string | undefined;
}

/** A master, and the settings to use it with. */
export interface Target {
  readonly address: string;
  readonly options: RunOptions;
  readonly profile?: ProfileTarget;
}

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  /** The registry of the master that was detected last; before that, the initial one. */
  readonly registry: CommandRegistry;
  readonly registries: Registries;
  /** The options of a line without flags of its own. */
  readonly defaultOptions: RunOptions;
  /** The settings before any `set`: flags, environment and files, of the start or of the profile in use. */
  readonly began: RunOptions;
  /** The master's address, host:port; several, separated by commas, for the masters of one cluster. */
  readonly address: string;
  /** The profile whose cluster is in use; empty if there is none, and after `connect` to another address. */
  readonly profile: string;
  /** Another number means another connection, perhaps to another cluster: what was learned over the last one is not valid. */
  readonly connectionId: number;
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
  /** Uses another cluster with other settings from now on. Keeps nothing of the last one, not even what `set` changed. */
  switchTo(target: Target): void;
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
  { profile, ...people }: Partial<Pick<Session, 'ask' | 'guide' | 'lendTerminal'>> & Pick<Target, 'profile'> = {},
): Session {
  const connection = new SessionConnection(io, { address, options });
  let began = options;
  let chosen = profile;
  let registry = registries.initial;
  let detected = false;
  let defaultOptions = options;
  const changed = new Map<string, { readonly value: string; readonly from: string }>();
  return {
    ...{ io, mode, registries, ask: people.ask, guide: people.guide, changedSettings: changed, reachable: true },
    lendTerminal: people.lendTerminal ?? ((use) => use()),
    get registry() {
      return registry;
    },
    get defaultOptions() {
      return defaultOptions;
    },
    get began() {
      return began;
    },
    get address() {
      return connection.address;
    },
    get profile() {
      return chosen?.address === connection.address ? chosen.name : '';
    },
    get connectionId() {
      return connection.id;
    },
    get encrypted() {
      return usesTls(began, connection.address);
    },
    changeSetting(name, text, next) {
      defaultOptions = next;
      changed.set(name, { value: text, from: 'set' });
    },
    get detected() {
      return detected;
    },
    connect(next) {
      connection.replace(next);
      detected = false;
      changed.set('master-addr', { value: next, from: 'connect' });
      this.reachable = true;
    },
    switchTo(target) {
      connection.replace(target.address, target.options);
      registry = registries.initial;
      detected = false;
      began = target.options;
      defaultOptions = target.options;
      chosen = target.profile;
      changed.clear();
      this.reachable = true;
    },
    async settle(call) {
      const { id } = connection;
      const identity = await (await connection.caller()).resolve(call);
      const found = await registries.of(identity);
      connection.mustBe(id);
      registry = found;
      detected = true;
      return found;
    },
    caller: () => connection.caller(),
    close: () => connection.close(),
  };
}
