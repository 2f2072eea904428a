// The one way of a command, whichever way it came in: check, request, call, answer.

import type { BuiltinCommand } from '../args/find-command.ts';
import { parse } from '../args/parse.ts';
import { isBulk } from '../bulk/flags.ts';
import { CUT, Interrupted, NOT_SENT, Refusal, RpcError, TimedOut } from '../command/errors.ts';
import { describeFailure, EXIT_CODE, errorHint } from '../command/exit-codes.ts';
import type { CommandContext, CommandSpec, ParsedArgs } from '../command/spec.ts';
import { openDeadline } from '../io/deadline.ts';
import { PipeClosed } from '../io/io.ts';
import { readTextFile } from '../io/text-file.ts';
import { answerParts, printAnswer } from '../output/json/answer.ts';
import type { Part } from '../output/json/protojson.ts';
import { openRenderer, type Renderable } from '../output/renderer.ts';
import { afterSending, unlessClosed, unsent } from '../output/write-outcome.ts';
import { decode } from '../wire/decode.ts';
import { hasFailedResult } from '../wire/result.ts';
import { WireError } from '../wire/scan.ts';
import type { MessageType } from '../wire/schema.ts';
import { send } from './call.ts';
import { confirmCall } from './confirm.ts';
import { optionsForLine, type RunOptions } from './run-options.ts';
import { type Session, writeSafe } from './session.ts';

const INTERNAL = 13;
/** Bytes of an answer beyond which a look at it may be felt. */
const LARGE = 1 << 20;

/** Loaded with the first command that runs. */
let program: typeof import('../args/commander.ts') | undefined;

/** Runs one of our own commands; gives its status. */
export type BuiltinRunner = (command: BuiltinCommand, given: ParsedArgs, session: Session, signal: AbortSignal) => Promise<number>;

/**
 * Runs the command of the words and says whatever there is to say.
 * @returns the status that a one-shot call would exit with
 * @throws PipeClosed when nobody reads the output any more
 */
export async function execute(words: readonly string[], session: Session, signal: AbortSignal, runOwn: BuiltinRunner): Promise<number> {
  let failure: string | undefined;
  session.options = session.defaultOptions;
  try {
    const parsed = parse(words, session.registry);
    if (parsed.kind === 'help') {
      await session.io.stdout.write(parsed.text);
      return EXIT_CODE.ok;
    }
    program ??= await import('../args/commander.ts');
    const given = program.parseWithCommander(parsed.command.name, parsed.scanned, parsed.flags);
    session.options = optionsForLine(given, session.defaultOptions);
    const { commandTimeoutMs } = session.options;
    const limit = commandTimeoutMs === undefined ? undefined : openDeadline(commandTimeoutMs);
    const until = limit ? AbortSignal.any([signal, limit.signal]) : signal;
    const endsAt = performance.now() + (commandTimeoutMs ?? 0);
    session.line = { signal: until, leftMs: () => (limit ? endsAt - performance.now() : undefined) };
    try {
      if (parsed.kind === 'own') return await runOwn(parsed.command, given, session, until);
      failure = parsed.command.failure?.(given);
      return await call(parsed.command, given, session, until);
    } catch (error) {
      throw limit && !signal.aborted && error instanceof Interrupted ? new TimedOut(commandTimeoutMs as number, error.note) : error;
    } finally {
      limit?.close();
    }
  } catch (error) {
    return await report(error, session, failure);
  }
}

/** Says what went wrong and gives the status for it. */
export async function report(error: unknown, session: Pick<Session, 'io' | 'mode' | 'options'>, failure?: string): Promise<number> {
  if (error instanceof PipeClosed) throw error;
  const { io, options } = session;
  const outcome = describeFailure(error, isStructured(session) ? 'one-shot' : session.mode, failure);
  await unlessClosed(writeSafe(io[outcome.stream], outcome.text));
  const hint = errorHint(error);
  if (hint && !options.quiet) await writeSafe(io.stderr, `${hint}\n`);
  if (io.env.DMCTL_DEBUG === '1' && error instanceof Error) await writeSafe(io.stderr, `${error.stack}\n`);
  return outcome.status;
}

async function call(command: CommandSpec, given: ParsedArgs, session: Session, signal: AbortSignal): Promise<number> {
  if (command.bulk && isBulk(given)) {
    const { runBulk } = await import('../bulk/run.ts');
    return await runBulk(command, command.bulk, given, session, signal);
  }
  session.options = optionsForCommand(command, given, session.options);
  const show = await openRenderer(session);
  if (given.on('dry-run')) {
    const { dryRun } = await import('./dry-run.ts');
    const request = await buildRequest(command, given, commandContext(session, true));
    await show(...dryRun(command, request, session.address, command.preflight?.(given, request)));
    return EXIT_CODE.ok;
  }
  const asked = await submit(command, given, session, signal);
  return await mapDecodeErrors(asked.type, async () => {
    const showing = signal.aborted ? Promise.reject(new Interrupted(CUT)) : show(asked.renderable, asked.compat);
    await showing.catch((error) => {
      throw asked.command.mutating ? afterSending(error, command.name, asked.status()) : error;
    });
    await printHints(await asked.hints(), session);
    return asked.status();
  });
}

/** The options of a line with the form that the command itself wants where none was chosen. */
export function optionsForCommand(command: CommandSpec, given: ParsedArgs, options: RunOptions): RunOptions {
  return command.prefersTable?.(given) && !isStructured({ options: options }) ? { ...options, format: { kind: 'table' } } : options;
}

/** An answer of the master, as it came and as it can be shown; what its bytes are is looked at when it is shown. */
export interface CallResult {
  /** What was called: a command, or one that was asked first. */
  readonly command: CommandSpec;
  readonly type: MessageType;
  readonly answer: Buffer;
  readonly renderable: Renderable;
  compat(): Iterable<string | Buffer>;
  /** What helps beyond the answer, where somebody reads it. */
  hints(): Promise<readonly string[]>;
  /** What a run that got it exits with. */
  status(): number;
}

/** Checks what was given, makes the call, and gives the answer. Throws Refusal, InputError, RpcError, Interrupted. */
export async function submit(command: CommandSpec, given: ParsedArgs, session: Session, signal: AbortSignal): Promise<CallResult> {
  refuseIfReadOnly(command, session);
  const request = await buildRequest(command, given, commandContext(session));
  if (signal.aborted) throw new Interrupted(NOT_SENT);
  const before = command.preflight?.(given, request);
  if (before) {
    const { runPreflight } = await import('./preflight.ts');
    const no = await runPreflight(before, given, session, signal);
    if (no) return no;
  }
  await confirmCall(command, given, request, session, signal);
  return await invoke(command, given, request, session, signal, command.name);
}

/** Throws Refusal for a command that changes the cluster where nothing may. */
export function refuseIfReadOnly({ name, mutating }: CommandSpec, { options }: Session): void {
  const why = options.readOnlyReason ?? 'this is read-only; nothing was sent';
  if (options.readOnly && mutating) throw new Refusal(`${name} changes the cluster, and ${why}`);
}

/** The request of what was given. Throws Refusal, InputError. */
async function buildRequest(command: CommandSpec, given: ParsedArgs, context: CommandContext): Promise<object> {
  if (given.targets.length > 0 && !command.takesWorkers) await context.warn(`-w has no effect on ${command.name}; it is ignored`);
  return await command.request(given, context);
}

/** Makes the call, once. `shown` is named while a person waits. Throws RpcError, Interrupted. */
export async function invoke(
  command: CommandSpec,
  given: ParsedArgs,
  request: object,
  session: Session,
  signal: AbortSignal,
  shown?: string,
): Promise<CallResult> {
  const { type, answer } = await send(session, command.method, request, command.mutating, signal, shown);
  const busy = <T>(work: () => T): T => (answer.length > LARGE ? session.io.compute(work, session.line.leftMs()) : work());
  const status = (): number => (busy(() => hasFailedResult(type, answer)) ? EXIT_CODE.failed : EXIT_CODE.ok);
  const hints = async (): Promise<readonly string[]> =>
    command.hints && hintsEnabled(session) ? await command.hints(given, busy(() => decode(type, answer)) as never) : [];
  return { command, type, answer, ...(await renderableOf(command, given, type, answer, busy)), hints, status };
}

/** Does something with the bytes of an answer. Throws RpcError when they are no such message. */
export async function mapDecodeErrors<T>(type: MessageType, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const what = `grpc: failed to unmarshal the received message: ${type.name}: ${error.message}; is this a DM-master 1.0?`;
    throw new RpcError(INTERNAL, `rpc error: code = Internal desc = ${what}`);
  }
}

/** Whether somebody reads what is said beside the answer. */
export const hintsEnabled = ({ io, options }: Session): boolean => io.stderr.isTTY && !options.quiet;

async function printHints(hints: readonly string[], { io }: Session): Promise<void> {
  if (hints.length === 0) return;
  const { wrapText } = await import('../output/width.ts');
  const lines = [...new Set(hints)].map((hint) => `${wrapText(`hint: ${hint}`, (io.stderr.columns ?? 80) - 2).join('\n  ')}\n`);
  await writeSafe(io.stderr, lines.join(''));
}

/** Whether standard output has nothing but answers: where their form was chosen, the original's remarks go elsewhere. */
export function isStructured({ options }: Pick<Session, 'options'>): boolean {
  return options.format.kind !== 'auto' || options.query !== '';
}

/** An answer of the master, as it can be shown. */
async function renderableOf(
  command: CommandSpec,
  given: ParsedArgs,
  type: MessageType,
  answer: Buffer,
  busy: <T>(work: () => T) => T,
): Promise<{ renderable: Renderable; compat(): Iterable<string | Buffer> }> {
  const printing = (await command.compatOutput?.(given)) ?? { as: 'json' };
  // The original's text of a failed check is no JSON; whoever asks for JSON gets it.
  const json = (): Iterable<string | Buffer> => printAnswer(printing.as === 'check' ? { as: 'json' } : printing, type, answer);
  const parts = answerParts(printing, type, answer);
  return {
    compat: () => printAnswer(printing, type, answer),
    renderable: {
      json,
      parts,
      value: () => (parts ? wholeOf(parts()) : JSON.parse([...json()].map(String).join(''))),
      view: async () => {
        const view = await command.present(busy(() => decode(type, answer, command.projection)) as never, given);
        return typeof view === 'function' ? busy(view) : view;
      },
    },
  };
}

/** The plain value of an answer in parts. */
function wholeOf(parts: Iterable<Part>): unknown {
  return Object.fromEntries([...parts].map((part) => [part.name, 'value' in part ? part.value : [...part.items]]));
}

/** What a command may use of the session. In a dry run nothing of the original's stands beside what would be sent. */
export function commandContext(session: Session, dry = false): CommandContext {
  const { io, options, mode } = session;
  return {
    readText: (path) => readTextFile(io, path, session.line.signal),
    printRemark: (text) => unsent(writeSafe(dry || isStructured(session) ? io.stderr : io.stdout, `${text}\n`)),
    warn: async (text) => {
      if (!options.quiet) await writeSafe(io.stderr, `warning: ${text}\n`);
    },
    preview: async (title, pieces) => {
      if (options.quiet) return;
      if (mode === 'one-shot' || options.confirmImpact || !io.stderr.isTTY) return; // a question shows them itself
      await writeSafe(io.stderr, `${title}:\n${pieces.map((p, i) => `  ${i + 1}. ${p.trim()}\n`).join('')}`);
    },
  };
}
