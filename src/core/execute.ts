// The one way of a command, whichever way it came in: check, request, call, answer.

import { answerParts, printAnswer } from '../print/answer.ts';
import type { Part } from '../print/protojson.ts';
import { decode } from '../wire/decode.ts';
import { saysFalse } from '../wire/result.ts';
import { WireError } from '../wire/scan.ts';
import type { MessageType } from '../wire/schema.ts';
import { askFirst } from './ask-first.ts';
import { openDeadline } from './deadline.ts';
import { CUT, Interrupted, NOT_SENT, Refusal, RpcError, TimedOut } from './errors.ts';
import type { OwnCommand } from './find-command.ts';
import { PipeClosed } from './io.ts';
import { lineManners, type Manners } from './manners.ts';
import { meansMany } from './many/flags.ts';
import { hintOf, outcomeOf, STATUS } from './outcome.ts';
import { parse } from './parse.ts';
import { send } from './send.ts';
import { type Session, say } from './session.ts';
import { openShow, type Shown } from './show.ts';
import type { CommandSpec, Given, Workbench } from './spec.ts';
import { readTextFile } from './text-file.ts';
import { afterSending, unlessClosed, unsent } from './told.ts';

const INTERNAL = 13;
/** Bytes of an answer beyond which a look at it may be felt. */
const LARGE = 1 << 20;

/** Loaded with the first command that runs. */
let program: typeof import('./program.ts') | undefined;

/** Runs one of our own commands; gives its status. */
export type OwnRunner = (command: OwnCommand, given: Given, session: Session, signal: AbortSignal) => Promise<number>;

/**
 * Runs the command of the words and says whatever there is to say.
 * @returns the status that a one-shot call would exit with
 * @throws PipeClosed when nobody reads the output any more
 */
export async function execute(words: readonly string[], session: Session, signal: AbortSignal, runOwn: OwnRunner): Promise<number> {
  let failure: string | undefined;
  session.manners = session.defaults;
  try {
    const parsed = parse(words, session.catalogue);
    if (parsed.kind === 'help') {
      await session.io.stdout.write(parsed.text);
      return STATUS.fine;
    }
    program ??= await import('./program.ts');
    const given = program.give(parsed.command.name, parsed.scanned, parsed.flags);
    session.manners = lineManners(given, session.defaults);
    const { limitMs } = session.manners;
    const limit = limitMs === undefined ? undefined : openDeadline(limitMs);
    const until = limit ? AbortSignal.any([signal, limit.signal]) : signal;
    const endsAt = performance.now() + (limitMs ?? 0);
    session.line = { signal: until, leftMs: () => (limit ? endsAt - performance.now() : undefined) };
    try {
      if (parsed.kind === 'own') return await runOwn(parsed.command, given, session, until);
      failure = parsed.command.failure?.(given);
      return await call(parsed.command, given, session, until);
    } catch (error) {
      throw limit && !signal.aborted && error instanceof Interrupted ? new TimedOut(limitMs as number, error.note) : error;
    } finally {
      limit?.close();
    }
  } catch (error) {
    return await report(error, session, failure);
  }
}

/** Says what went wrong and gives the status for it. */
export async function report(error: unknown, session: Pick<Session, 'io' | 'mode' | 'manners'>, failure?: string): Promise<number> {
  if (error instanceof PipeClosed) throw error;
  const { io, manners } = session;
  const outcome = outcomeOf(error, pure(session) ? 'one-shot' : session.mode, failure);
  await unlessClosed(say(io[outcome.stream], outcome.text));
  const hint = hintOf(error);
  if (hint && !manners.quiet) await say(io.stderr, `${hint}\n`);
  if (io.env.DMCTL_DEBUG === '1' && error instanceof Error) await say(io.stderr, `${error.stack}\n`);
  return outcome.status;
}

async function call(command: CommandSpec, given: Given, session: Session, signal: AbortSignal): Promise<number> {
  if (command.many && meansMany(given)) {
    const { runMany } = await import('./many/run-many.ts');
    return await runMany(command, command.many, given, session, signal);
  }
  session.manners = mannersFor(command, given, session.manners);
  const show = await openShow(session);
  if (given.on('dry-run')) {
    const { dryRun } = await import('./dry-run.ts');
    const request = await checked(command, given, workbench(session, true));
    await show(...dryRun(command, request, session.address, command.before?.(given, request)));
    return STATUS.fine;
  }
  const asked = await ask(command, given, session, signal);
  return await reading(asked.type, async () => {
    const showing = signal.aborted ? Promise.reject(new Interrupted(CUT)) : show(asked.shown, asked.auto);
    await showing.catch((error) => {
      throw asked.command.changes ? afterSending(error, command.name, asked.status()) : error;
    });
    await tell(await asked.hints(), session);
    return asked.status();
  });
}

/** The manners of a line with the form that the command itself wants where none was chosen. */
export function mannersFor(command: CommandSpec, given: Given, manners: Manners): Manners {
  return command.rowsUnasked?.(given) && !pure({ manners }) ? { ...manners, form: { kind: 'table' } } : manners;
}

/** An answer of the master, as it came and as it can be shown; what its bytes are is looked at when it is shown. */
export interface Asked {
  /** What was called: a command, or one that was asked first. */
  readonly command: CommandSpec;
  readonly type: MessageType;
  readonly answer: Buffer;
  readonly shown: Shown;
  auto(): Iterable<string | Buffer>;
  /** What helps beyond the answer, where somebody reads it. */
  hints(): Promise<readonly string[]>;
  /** What a run that got it exits with. */
  status(): number;
}

/** Checks what was given, makes the call, and gives the answer. Throws Refusal, InputError, RpcError, Interrupted. */
export async function ask(command: CommandSpec, given: Given, session: Session, signal: AbortSignal): Promise<Asked> {
  refuseChanges(command, session);
  const request = await checked(command, given, workbench(session));
  if (signal.aborted) throw new Interrupted(NOT_SENT);
  const before = command.before?.(given, request);
  if (before) {
    const { askBefore } = await import('./before.ts');
    const no = await askBefore(before, given, session, signal);
    if (no) return no;
  }
  await askFirst(command, given, request, session, signal);
  return await answerTo(command, given, request, session, signal, command.name);
}

/** Throws Refusal for a command that changes the cluster where nothing may. */
export function refuseChanges({ name, changes }: CommandSpec, { manners }: Session): void {
  const why = manners.readOnlyReason ?? 'this is read-only; nothing was sent';
  if (manners.readOnly && changes) throw new Refusal(`${name} changes the cluster, and ${why}`);
}

/** The request of what was given. Throws Refusal, InputError. */
async function checked(command: CommandSpec, given: Given, bench: Workbench): Promise<object> {
  if (given.workers.length > 0 && !command.takesWorkers) await bench.warn(`-w has no effect on ${command.name}; it is ignored`);
  return await command.request(given, bench);
}

/** Makes the call, once. `shown` is named while a person waits. Throws RpcError, Interrupted. */
export async function answerTo(
  command: CommandSpec,
  given: Given,
  request: object,
  session: Session,
  signal: AbortSignal,
  shown?: string,
): Promise<Asked> {
  const { type, answer } = await send(session, command.method, request, command.changes, signal, shown);
  const busy = <T>(work: () => T): T => (answer.length > LARGE ? session.io.compute(work, session.line.leftMs()) : work());
  const status = (): number => (busy(() => saysFalse(type, answer)) ? STATUS.failed : STATUS.fine);
  const hints = async (): Promise<readonly string[]> =>
    command.advise && hears(session) ? await command.advise(given, busy(() => decode(type, answer)) as never) : [];
  return { command, type, answer, ...(await shownOf(command, given, type, answer, busy)), hints, status };
}

/** Does something with the bytes of an answer. Throws RpcError when they are no such message. */
export async function reading<T>(type: MessageType, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const what = `grpc: failed to unmarshal the received message: ${type.name}: ${error.message}; is this a DM-master 1.0?`;
    throw new RpcError(INTERNAL, `rpc error: code = Internal desc = ${what}`);
  }
}

/** Whether somebody reads what is said beside the answer. */
export const hears = ({ io, manners }: Session): boolean => io.stderr.isTTY && !manners.quiet;

async function tell(hints: readonly string[], { io }: Session): Promise<void> {
  if (hints.length === 0) return;
  const { wrapped } = await import('../print/width.ts');
  const lines = [...new Set(hints)].map((hint) => `${wrapped(`hint: ${hint}`, (io.stderr.columns ?? 80) - 2).join('\n  ')}\n`);
  await say(io.stderr, lines.join(''));
}

/** Whether standard output has nothing but answers: where their form was chosen, the original's remarks go elsewhere. */
export function pure({ manners }: Pick<Session, 'manners'>): boolean {
  return manners.form.kind !== 'auto' || manners.query !== '';
}

/** An answer of the master, as it can be shown. */
async function shownOf(
  command: CommandSpec,
  given: Given,
  type: MessageType,
  answer: Buffer,
  busy: <T>(work: () => T) => T,
): Promise<{ shown: Shown; auto(): Iterable<string | Buffer> }> {
  const printing = (await command.printing?.(given)) ?? { as: 'json' };
  // The original's text of a failed check is no JSON; whoever asks for JSON gets it.
  const json = (): Iterable<string | Buffer> => printAnswer(printing.as === 'check' ? { as: 'json' } : printing, type, answer);
  const parts = answerParts(printing, type, answer);
  return {
    auto: () => printAnswer(printing, type, answer),
    shown: {
      json,
      parts,
      value: () => (parts ? wholeOf(parts()) : JSON.parse([...json()].map(String).join(''))),
      view: async () => {
        const view = await command.view(busy(() => decode(type, answer, command.wanted)) as never, given);
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
export function workbench(session: Session, dry = false): Workbench {
  const { io, manners, mode } = session;
  return {
    readText: (path) => readTextFile(io, path, session.line.signal),
    remark: (text) => unsent(say(dry || pure(session) ? io.stderr : io.stdout, `${text}\n`)),
    warn: async (text) => {
      if (!manners.quiet) await say(io.stderr, `warning: ${text}\n`);
    },
    show: async (title, pieces) => {
      if (manners.quiet) return;
      if (mode === 'one-shot' || manners.asks || !io.stderr.isTTY) return; // a question shows them itself
      await say(io.stderr, `${title}:\n${pieces.map((p, i) => `  ${i + 1}. ${p.trim()}\n`).join('')}`);
    },
  };
}
