// The one way of a command, whichever way it came in: check, request, call, answer.

import { printAnswer } from '../print/answer.ts';
import { saysFalse } from '../wire/result.ts';
import { WireError } from '../wire/scan.ts';
import type { MessageType } from '../wire/schema.ts';
import { askFirst } from './ask-first.ts';
import { Interrupted, Refusal, RpcError } from './errors.ts';
import type { OwnCommand } from './find-command.ts';
import { PipeClosed } from './io.ts';
import { hintOf, outcomeOf, STATUS } from './outcome.ts';
import { parse } from './parse.ts';
import { send } from './send.ts';
import { type Session, say } from './session.ts';
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
  try {
    const parsed = parse(words, session.catalogue);
    if (parsed.kind === 'help') {
      await session.io.stdout.write(parsed.text);
      return STATUS.fine;
    }
    program ??= await import('./program.ts');
    const given = program.give(parsed.command.name, parsed.scanned, parsed.flags);
    if (parsed.kind === 'own') return await runOwn(parsed.command, given, session, signal);
    failure = parsed.command.failure?.(given);
    return await call(parsed.command, given, session, signal);
  } catch (error) {
    return await report(error, session, failure);
  }
}

/** Says what went wrong and gives the status for it. */
export async function report(error: unknown, session: Pick<Session, 'io' | 'mode'>, failure?: string): Promise<number> {
  if (error instanceof PipeClosed) throw error;
  const { io, mode } = session;
  const outcome = outcomeOf(error, mode, failure);
  await say(io[outcome.stream], outcome.text);
  const hint = hintOf(error);
  if (hint) await io.stderr.write(`${hint}\n`);
  if (io.env.DMCTL_DEBUG === '1' && error instanceof Error) await io.stderr.write(`${error.stack}\n`);
  return outcome.status;
}

async function call(command: CommandSpec, given: Given, session: Session, signal: AbortSignal): Promise<number> {
  const bench = workbench(session);
  if (session.manners.readOnly && command.changes) {
    throw new Refusal(`${command.name} changes the cluster, and this is read-only; nothing was sent`);
  }
  if (given.workers.length > 0 && !command.takesWorkers) await bench.warn(`-w has no effect on ${command.name}; it is ignored`);
  const request = await command.request(given, bench);
  if (signal.aborted) throw new Interrupted();
  if (command.harm && session.manners.asks) await askFirst(command, given, request, session, signal);
  const { type, answer } = await send(session, command.method, request, command.changes, signal, command.name);
  try {
    await print(command, given, type, answer, session);
    return saysFalse(type, answer) ? STATUS.failed : STATUS.fine;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const what = `grpc: failed to unmarshal the received message: ${type.name}: ${error.message}; is this a DM-master 1.0?`;
    throw new RpcError(INTERNAL, `rpc error: code = Internal desc = ${what}`);
  }
}

async function print(command: CommandSpec, given: Given, type: MessageType, answer: Buffer, session: Session): Promise<void> {
  const { stdout } = session.io;
  for (const chunk of printAnswer(command.printing?.(given) ?? { as: 'json' }, type, answer)) await say(stdout, chunk);
}

function workbench({ io, manners, mode }: Session): Workbench {
  return {
    readText: (path) => readTextFile(io, path),
    remark: (text) => io.stdout.write(`${text}\n`),
    warn: (text) => io.stderr.write(`warning: ${text}\n`),
    show: async (title, pieces) => {
      if (mode === 'one-shot' || manners.asks || !io.stderr.isTTY) return; // a question shows them itself
      await say(io.stderr, `${title}:\n${pieces.map((p, i) => `  ${i + 1}. ${p.trim()}\n`).join('')}`);
    },
  };
}
