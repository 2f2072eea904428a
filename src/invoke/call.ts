// One call of a method: encodes the request, returns the bytes of the answer, and shows progress while a person waits.

import { setTimeout } from 'node:timers/promises';
import { Interrupted, NOT_SENT, OtherGeneration, RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { writeMessage } from '../io/write-safe.ts';
import { spin } from '../output/progress/spinner.ts';
import { encode } from '../wire/encode.ts';
import { type MessageType, messageType } from '../wire/schema.ts';
import type { RunContext } from './context.ts';
import type { Session } from './session.ts';

/**
 * Makes sure that the master accepts commands, before asking about something that could not be sent.
 * @throws OtherGeneration, RpcError, Interrupted
 */
export async function settleGeneration({ session, registry, options, signal }: RunContext): Promise<void> {
  const caller = await session.caller();
  const identity = await noting(session, () => caller.resolve({ timeoutMs: options.rpcTimeoutMs, signal }));
  const { generation } = registry.dialect;
  if (identity.generation !== generation) throw new OtherGeneration(session.address, identity, generation, false);
}

/** Uses the connection, and records whether the master could be reached. */
export async function noting<T>(session: Session, use: () => Promise<T>): Promise<T> {
  try {
    const result = await use();
    session.reachable = true;
    return result;
  } catch (error) {
    if (error instanceof RpcError) session.reachable = error.code !== GRPC_CODE.unavailable;
    throw error;
  }
}

/** Whether a read may succeed if it is sent again: the connection broke, or the master was busy. */
function isTemporary(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false;
  return error.code === GRPC_CODE.unavailable || error.code === GRPC_CODE.resourceExhausted;
}

/**
 * Makes a call. It is sent once; only a read-only call may be retried, if the session retries reads.
 * @param shown what to name while a person waits; without it nothing is shown
 * @throws RpcError, Interrupted; TypeError if the request does not fit the method
 */
export async function send(
  { session, registry, io, options, signal }: RunContext,
  methodName: string,
  request: object,
  changes: boolean,
  shown?: string,
): Promise<{ type: MessageType; answer: Buffer }> {
  const schema = await registry.dialect.schema();
  const method = schema.methods[methodName];
  if (!method) throw new Error(`the wire contract has no method ${methodName}`);
  const bytes = encode(messageType(schema, method.request), request);
  const call = { timeoutMs: options.rpcTimeoutMs, signal, reads: !changes, generation: registry.dialect.generation };
  const once = async (): Promise<Buffer> => (await session.caller()).call(method.path, bytes, call);
  const { stderr, env } = io;
  const stop = shown && !options.quiet && stderr.isTTY && env.TERM !== 'dumb' ? spin(stderr, shown) : undefined;
  const patient = async (): Promise<Buffer> => {
    try {
      return await once();
    } catch (error) {
      if (changes || !shown || options.quiet || !stderr.isTTY || !isLeaderless(error)) throw error;
      await stop?.();
      await writeMessage(stderr, 'the DM-masters have no leader. Waiting up to a minute for a new one. Ctrl-C stops waiting\n');
      return await untilLeader(once, Math.min(ELECTION_MS, options.rpcTimeoutMs), signal);
    }
  };
  try {
    const answer = await noting(session, () =>
      patient().catch((error) => {
        const again = !changes && (options.retryReads || registry.dialect.repeatsReads) && isTemporary(error);
        if (again) return once();
        throw error;
      }),
    );
    return { type: messageType(schema, method.response), answer };
  } finally {
    await stop?.();
  }
}

/** How long an election can take after a leader died, in milliseconds (a lease of 60 s). */
const ELECTION_MS = 60_000;
/** The time between two questions, in milliseconds. */
const ELECTION_STEP_MS = 1000;

/** A master without a leader rejects a call, or cannot forward it to the leader that died. */
const LEADERLESS = /\[code=38043:|transport: Error while dialing: dial tcp/;

const isLeaderless = (error: unknown): boolean => error instanceof RpcError && LEADERLESS.test(error.message);

/** Repeats a read until the masters have a leader again. Throws the last error after `limitMs`; Interrupted. */
async function untilLeader(read: () => Promise<Buffer>, limitMs: number, signal: AbortSignal): Promise<Buffer> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    await pause(ELECTION_STEP_MS, signal);
    try {
      return await read();
    } catch (error) {
      if (!isLeaderless(error) || performance.now() > endsAt) throw error;
    }
  }
}

/** Waits. Throws Interrupted when the signal is raised. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    throw new Interrupted(NOT_SENT);
  }
}
