// What a run of the program holds while it lasts: where to write, whom to call, and how.

import type { Mode } from '../command/exit-codes.ts';
import type { CommandRegistry } from '../command/registry.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { AdviceOf } from '../domain/error-catalog.ts';
import type { IO } from '../io/io.ts';
import type { Prompter } from '../io/prompter.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';

/** Who answers guided prompts. */
export interface Guide {
  readonly prompter: Prompter;
  /** Paths that begin with a text; folders end in a slash. */
  files(prefix: string): readonly string[];
  /** Takes the line that the answers came to, before it runs. */
  remember?(line: string): void;
}

export interface Session {
  readonly io: IO;
  readonly mode: Mode;
  readonly registry: CommandRegistry;
  /** For a line that says nothing else. */
  readonly defaultOptions: RunOptions;
  /** What it began with: the settings of flags, environment and files. */
  readonly began: RunOptions;
  /** The master's address, host:port. */
  readonly address: string;
  /** Asks a yes-or-no question on the terminal; undefined where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for what a line lacks; undefined where there is nobody to ask. */
  readonly guide: Guide | undefined;
  /** Lends the terminal to something that reads keys, such as a pager. */
  lendTerminal<T>(use: () => Promise<T>): Promise<T>;
  /** Settings that were changed since it began, with where from: for `config show`. */
  readonly changedSettings: ReadonlyMap<string, { readonly value: string; readonly from: string }>;
  /** Changes the options of the lines that follow: what `set` does. `text` is what config show tells of the setting. */
  changeSetting(name: string, text: string, options: RunOptions): void;
  /** What the dialect advises about errors. */
  errorAdvice(): Promise<AdviceOf>;
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
  people: Partial<Pick<Session, 'ask' | 'guide' | 'lendTerminal'>> = {},
): Session {
  let caller: Promise<ResolvingCaller> | undefined;
  let open: ResolvingCaller | undefined;
  let current = address;
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
    registry: registry,
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
    changedSettings: changed,
    changeSetting(name, text, next) {
      defaultOptions = next;
      changed.set(name, { value: text, from: 'set' });
    },
    errorAdvice: async () => (await registry.dialect.errors()).adviceOf,
    reachable: true,
    connect(next) {
      close();
      current = next;
      changed.set('master-addr', { value: next, from: 'connect' });
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
