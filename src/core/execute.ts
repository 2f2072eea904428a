// The one way of a command, whichever way it came in: check, request, call, answer.

import { printAnswer } from '../print/answer.ts';
import { decode } from '../wire/decode.ts';
import { saysFalse } from '../wire/result.ts';
import { WireError } from '../wire/scan.ts';
import type { MessageType } from '../wire/schema.ts';
import { askFirst } from './ask-first.ts';
import { Interrupted, Refusal, RpcError, TimedOut } from './errors.ts';
import type { OwnCommand } from './find-command.ts';
import { PipeClosed } from './io.ts';
import { lineManners } from './manners.ts';
import { meansMany } from './many/flags.ts';
import { hintOf, outcomeOf, STATUS } from './outcome.ts';
import { parse } from './parse.ts';
import { send } from './send.ts';
import { type Session, say } from './session.ts';
import { openShow, type Show, type Shown } from './show.ts';
import type { CommandSpec, Given, Workbench } from './spec.ts';
import { readTextFile } from './text-file.ts';

const INTERNAL = 13;

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
    const limit = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
    try {
      const until = limit ? AbortSignal.any([signal, limit]) : signal;
      if (parsed.kind === 'own') return await runOwn(parsed.command, given, session, until);
      failure = parsed.command.failure?.(given);
      return await call(parsed.command, given, session, until);
    } catch (error) {
      throw limit?.aborted && error instanceof Interrupted ? new TimedOut(limitMs as number) : error;
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
  await say(io[outcome.stream], outcome.text);
  const hint = hintOf(error);
  if (hint && !manners.quiet) await io.stderr.write(`${hint}\n`);
  if (io.env.DMCTL_DEBUG === '1' && error instanceof Error) await io.stderr.write(`${error.stack}\n`);
  return outcome.status;
}

async function call(command: CommandSpec, given: Given, session: Session, signal: AbortSignal): Promise<number> {
  if (command.many && meansMany(given)) {
    const { runMany } = await import('./many/run.ts');
    return await runMany(command, command.many, given, session, signal);
  }
  if (command.rowsUnasked?.(given) && !pure(session)) session.manners = { ...session.manners, form: { kind: 'table' } };
  const dry = given.on('dry-run');
  const bench = workbench(session, dry);
  const show = await openShow(session);
  if (!dry) refuseChanges(command, session);
  if (given.workers.length > 0 && !command.takesWorkers) await bench.warn(`-w has no effect on ${command.name}; it is ignored`);
  const request = await command.request(given, bench);
  if (signal.aborted) throw new Interrupted();
  const before = command.before?.(given, request);
  if (dry) {
    const { dryRun } = await import('./dry-run.ts');
    await show(...dryRun(command, request, session.address, before));
    return STATUS.fine;
  }
  if (before) {
    const { saysYes } = await import('./before.ts');
    const status = await saysYes(before, given, session, signal, show);
    if (status !== STATUS.fine) return status;
  }
  if (command.harm && session.manners.asks) await askFirst(command, given, request, session, signal);
  const { type, answer } = await send(session, command.method, request, command.changes, signal, command.name);
  return await showAnswer(command, given, type, answer, show);
}

/** Throws Refusal for a command that changes the cluster where nothing may. */
export function refuseChanges({ name, changes }: CommandSpec, { manners }: Session): void {
  if (manners.readOnly && changes) throw new Refusal(`${name} changes the cluster, and this is read-only; nothing was sent`);
}

/** Shows an answer and gives the status for it. Throws RpcError when it cannot be read. */
export async function showAnswer(command: CommandSpec, given: Given, type: MessageType, answer: Buffer, show: Show): Promise<number> {
  try {
    const { shown, auto } = shownOf(command, given, type, answer);
    await show(shown, auto);
    return saysFalse(type, answer) ? STATUS.failed : STATUS.fine;
  } catch (error) {
    throw unreadable(type, error);
  }
}

/** What is told of an answer that is not what its method answers; any other error as it is. */
export function unreadable(type: MessageType, error: unknown): unknown {
  if (!(error instanceof WireError)) return error;
  const what = `grpc: failed to unmarshal the received message: ${type.name}: ${error.message}; is this a DM-master 1.0?`;
  return new RpcError(INTERNAL, `rpc error: code = Internal desc = ${what}`);
}

/** Whether standard output has nothing but answers: where their form was chosen, the original's remarks go elsewhere. */
export function pure({ manners }: Pick<Session, 'manners'>): boolean {
  return manners.form.kind !== 'auto' || manners.query !== '';
}

/** An answer of the master, as it can be shown. */
export function shownOf(
  command: CommandSpec,
  given: Given,
  type: MessageType,
  answer: Buffer,
): { shown: Shown; auto(): Iterable<string | Buffer> } {
  const printing = command.printing?.(given) ?? { as: 'json' };
  // The original's text of a failed check is no JSON; whoever asks for JSON gets it.
  const json = (): Iterable<string | Buffer> => printAnswer(printing.as === 'check' ? { as: 'json' } : printing, type, answer);
  return {
    auto: () => printAnswer(printing, type, answer),
    shown: {
      json,
      value: () => JSON.parse([...json()].map(String).join('')),
      view: () => command.view(decode(type, answer) as never, given),
    },
  };
}

/** What a command may use of the session. In a dry run nothing of the original's stands beside what would be sent. */
export function workbench(session: Session, dry = false): Workbench {
  const { io, manners, mode } = session;
  return {
    readText: (path) => readTextFile(io, path),
    remark: (text) => (dry || pure(session) ? io.stderr : io.stdout).write(`${text}\n`),
    warn: async (text) => {
      if (!manners.quiet) await io.stderr.write(`warning: ${text}\n`);
    },
    show: async (title, pieces) => {
      if (manners.quiet) return;
      if (mode === 'one-shot' || manners.asks || !io.stderr.isTTY) return; // a question shows them itself
      await say(io.stderr, `${title}:\n${pieces.map((p, i) => `  ${i + 1}. ${p.trim()}\n`).join('')}`);
    },
  };
}
