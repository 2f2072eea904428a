// The whole program in one call, in process: the output for the user, and the calls.

import { run } from '../../src/app/run.ts';
import { PipeClosed } from '../../src/command/errors.ts';
import type { IO, Output } from '../../src/io/io.ts';
import '../../src/rpc/caller.ts'; // loaded here, so that loading does not count toward a call's timeout
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { type Methods, schema } from '../../src/wire/generated/v1.ts';
import { messageType, type Schema } from '../../src/wire/schema.ts';
import { startScriptedMaster } from '../../tools/scripted-master.mjs';

export interface World {
  /** Standard input: one text, or chunks as they arrive. */
  readonly stdin?: string | Buffer | Iterable<Buffer>;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string | Buffer | Error>>;
  /** Streams that are terminals. */
  readonly tty?: readonly ('stdin' | 'stdout' | 'stderr')[];
  /** Columns of those terminals; default 80. */
  readonly columns?: number;
  /** The number of characters after which the reader of standard output leaves. */
  readonly readerLeavesAfter?: number;
  /** Called with each text that is written. */
  readonly onWrite?: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Called when the program replaces the contents of a file. Later reads have them. */
  readonly onReplace?: (path: string, text: string) => void;
  /** Called when the program creates a file. */
  readonly onCreate?: (path: string, text: string) => void;
  /** Receives the function that presses Ctrl-C. */
  readonly onStart?: (interrupt: () => void) => void;
  /** Runs the commands of --exec; without it, there must be none. */
  readonly runCommand?: IO['runCommand'];
}

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Runs the program. Throws what it throws (PipeClosed). */
export async function runProgram(argv: readonly string[], world: World = {}): Promise<Result> {
  const out = { stdout: '', stderr: '' };
  const tty = new Set(world.tty);
  const isClosed = (name: 'stdout' | 'stderr'): boolean =>
    name === 'stdout' && out.stdout.length >= (world.readerLeavesAfter ?? Number.POSITIVE_INFINITY);
  const output = (name: 'stdout' | 'stderr'): Output => ({
    get failure() {
      return isClosed(name) ? new PipeClosed() : undefined;
    },
    write: async (text) => {
      if (isClosed(name)) throw new PipeClosed();
      out[name] += typeof text === 'string' ? text : text.toString('utf8');
      world.onWrite?.(name, String(text));
    },
    isTTY: tty.has(name),
    columns: tty.has(name) ? (world.columns ?? 80) : undefined,
    rows: tty.has(name) ? 24 : undefined,
  });
  const { stdin = '' } = world;
  const chunks = typeof stdin === 'string' || Buffer.isBuffer(stdin) ? [Buffer.from(stdin as string)] : stdin;
  const listeners: (() => void)[] = [];
  const files = new Map(Object.entries(world.files ?? {}));
  const io: IO = {
    stdin: {
      isTTY: tty.has('stdin'),
      async *chunks() {
        yield* chunks;
      },
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: world.env ?? {},
    readFile: async (path) => {
      const content = files.get(path);
      if (content === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT', syscall: 'open' });
      if (content instanceof Error) throw content;
      return Buffer.from(content as string);
    },
    createFile: async (path, text) => {
      if (files.has(path)) throw Object.assign(new Error('there'), { code: 'EEXIST', syscall: 'open' });
      files.set(path, text);
      world.onCreate?.(path, text);
    },
    writeFile: async (path) => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS', syscall: 'open', path });
    },
    replaceFile: async (path, _expected, text) => {
      files.set(path, text);
      world.onReplace?.(path, text);
    },
    makeFolder: async () => {},
    listFiles: async () => undefined,
    compute: (work) => work(),
    onInterrupt: (listener) => {
      listeners.push(listener);
      return () => listeners.splice(listeners.indexOf(listener), 1);
    },
    interrupt: () => listeners.at(-1)?.(),
    terminal: undefined,
    questions: undefined,
    openFile: async () => {
      throw new Error('there are no files to write');
    },
    runCommand: world.runCommand ?? (() => Promise.reject(new Error('no command can be run'))),
    page: async (_command, texts) => {
      for (const text of texts) out.stdout += text;
    },
  };
  world.onStart?.(() => listeners.at(-1)?.());
  const status = await run(argv, io);
  return { ...out, status };
}

/** How the master identifies itself; default DM 1.0. */
export type Self = NonNullable<Parameters<typeof startScriptedMaster>[1]>;
type Master = Awaited<ReturnType<typeof startScriptedMaster>>;
export type Reply = Exclude<NonNullable<ReturnType<Parameters<typeof startScriptedMaster>[0]>>, Promise<unknown>>;
type Call = Master['calls'][number];

/** The bytes of an answer of a method of DM 1.0. */
export const answer = (method: keyof Methods, value: object): Reply => answerIn(schema, method, value);

/** The bytes of an answer of a method of a schema. */
export function answerIn(of: Schema, method: string, value: object): Reply {
  const { response } = of.methods[method] as { response: string };
  return { message: encode(messageType(of, response), value) };
}

/** Runs something with a scripted master. Without a reply, every answer is empty, which means result false. */
export async function withMaster<T>(
  reply: ((method: string, call: Call) => Reply | undefined | Promise<Reply | undefined>) | undefined,
  use: (master: Master) => Promise<T>,
  self?: Self,
): Promise<T> {
  const master = await startScriptedMaster((call) => (reply ? reply(call.method, call) : { message: Buffer.alloc(0) }), self);
  try {
    return await use(master);
  } finally {
    await master.close();
  }
}

/** The requests of DM 1.0 that arrived, by method and as objects, without default values. */
export const requests = (master: Master): (readonly [string, Record<string, unknown>])[] => requestsIn(schema, master);

/** The same for the requests of a schema. */
export function requestsIn(of: Schema, master: Master): (readonly [string, Record<string, unknown>])[] {
  return master.calls.map((call) => [call.method, requestOf(call, of)] as const);
}

/** The request of one call. */
export function requestOf(call: Call, of: Schema = schema): Record<string, unknown> {
  const method = of.methods[call.method];
  const whole = decode(messageType(of, method?.request ?? ''), call.request);
  const set = Object.entries(whole).filter(
    ([, v]) => v !== '' && v !== false && v !== 0 && v !== 0n && !(Array.isArray(v) && v.length === 0),
  );
  return Object.fromEntries(set);
}

/** The output of piped lines between the banner and the farewell. */
export function between(stdout: string): string {
  const start = stdout.indexOf('\n\n') + 2;
  return stdout.slice(start).replace(/dmctl exit\n$/, '');
}
