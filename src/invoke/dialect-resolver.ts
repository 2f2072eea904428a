// Detects the generation of a DM-master before a command is sent and before an answer is decoded. Both generations
// serve the same methods with reused field numbers: each would execute a command of the other and return an answer
// that reads as something else (dm-facts 2.4). Every call of a session goes through here.

import { Interrupted, OtherGeneration, RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import type { Protocol } from '../command/run-options.ts';
import type { Caller, CallOptions } from '../rpc/caller.ts';
import { askLeader, askRelease } from '../rpc/probe.ts';
import { rpcError } from '../rpc/status.ts';

type Generation = 'DM 1.0' | 'DM 2.0 or later';

export interface Identity {
  readonly generation: Generation | 'no DM-master';
  /** The release that the master reports; undefined if it reports none. */
  readonly release: string | undefined;
  /** Milliseconds from a call to its answer. */
  readonly latencyMs: number;
}

export interface ResolvingCaller extends Caller {
  /**
   * Makes sure that the master is of the expected generation, and asks it unless that is known.
   * @throws OtherGeneration; RpcError if it cannot be reached or does not report a generation; Interrupted
   */
  resolve(options: Pick<CallOptions, 'timeoutMs' | 'signal'>): Promise<void>;
  /**
   * What the master reports about itself.
   * @param all whether to wait for its release if the generation is known without it
   * @throws RpcError if it cannot be reached; Interrupted
   */
  identify(signal: AbortSignal, all: boolean): Promise<Identity>;
}

/** The timeout of the detection in milliseconds. */
const LIMIT_MS = 3000;
/** How long the first request may take, in milliseconds, before the second one is sent as well. */
const HEAD_START_MS = 500;
/** How long after the last answer, in milliseconds, a master counts as unchanged: an upgrade takes longer. */
const SAME_FOR_MS = 5000;

type Verdict =
  | { readonly is: 'spoken' }
  | { readonly is: 'other'; readonly release: string | undefined }
  /** The master cannot be called, or does not report its generation. */
  | { readonly is: 'unknown'; readonly error: RpcError };

const SPOKEN: Verdict = { is: 'spoken' };

/**
 * A caller that makes no call before it is certain that the master is DM 1.0.
 * @param protocol `auto` asks the master; a generation trusts the user
 * @param now a monotonic clock in milliseconds
 */
export function resolvingCaller(
  caller: Caller,
  address: string,
  protocol: Protocol,
  now: () => number = () => performance.now(),
): ResolvingCaller {
  const stop = new AbortController();
  let known: Verdict | undefined;
  let answeredAt = 0;
  let asking: Promise<Verdict> | undefined;
  let first: 'call' | 'page' = 'call';

  const settle = async (): Promise<Verdict> => {
    try {
      const verdict = await inquire(caller, address, stop.signal, first);
      known = verdict.is === 'unknown' ? undefined : verdict;
      if (known) first = 'page';
      answeredAt = now();
      return verdict;
    } finally {
      asking = undefined;
    }
  };
  const resolve: ResolvingCaller['resolve'] = async (options) => {
    if (protocol !== 'auto') return;
    if (known && now() - answeredAt > SAME_FOR_MS) known = undefined;
    // One detection serves all calls that wait for it, so the signal of one call must not end it.
    if (!known) asking ??= settle();
    const verdict = known ?? (await within(options, asking as Promise<Verdict>));
    if (verdict.is === 'other') throw new OtherGeneration(address, verdict.release);
    if (verdict.is === 'unknown') throw untold(verdict.error, address);
  };
  return {
    resolve,
    identify: async (signal, all) => {
      const identity = await identify(caller, address, signal, all);
      known = verdictOf(identity);
      answeredAt = now();
      return identity;
    },
    call: async (path, request, options) => {
      await resolve(options);
      try {
        const answer = await caller.call(path, request, options);
        answeredAt = now();
        return answer;
      } catch (error) {
        // After a reconnect, the master may be another release.
        if (error instanceof RpcError && error.code === GRPC_CODE.unavailable) known = undefined;
        throw error;
      }
    },
    close: () => {
      stop.abort();
      caller.close();
    },
  };
}

function verdictOf({ generation, release }: Pick<Identity, 'generation' | 'release'>): Verdict | undefined {
  if (generation === 'DM 1.0') return SPOKEN;
  return generation === 'DM 2.0 or later' ? { is: 'other', release } : undefined;
}

/**
 * Sends one request, and the other as well if the first has not decided soon. The one that decides cancels the other.
 * The page needs its own connection, so the call comes first, unless the connection was lost.
 */
async function inquire(caller: Caller, address: string, signal: AbortSignal, first: 'call' | 'page'): Promise<Verdict> {
  const end = new AbortController();
  const until = AbortSignal.any([signal, end.signal]);
  let error: RpcError | undefined;
  let page: Promise<string | undefined> | undefined;
  const releaseOf = (timeoutMs: number): Promise<string | undefined> => {
    page ??= askRelease(address, { timeoutMs, signal: until });
    return page;
  };
  const byCall = async (timeoutMs: number): Promise<Generation | undefined> => {
    error = await askLeader(caller, { timeoutMs, signal: until });
    return generationOfCall(error);
  };
  const byPage = async (timeoutMs: number): Promise<Generation | undefined> => generationOfRelease(await releaseOf(timeoutMs));
  const [one, other] = first === 'call' ? [byCall, byPage] : [byPage, byCall];
  const early = one(LIMIT_MS);
  const late = undecided(early, HEAD_START_MS).then((open) => (open ? other(LIMIT_MS - HEAD_START_MS) : undefined));
  late.catch(() => {}); // where it is ended it says so to nobody
  try {
    const generation = await firstKnown([early, late]);
    if (!generation) return { is: 'unknown', error: error ?? rpcError(GRPC_CODE.unknown, 'the DM-master does not say what it is') };
    // Wait for the release only to name it in the refusal.
    return generation === 'DM 1.0' ? SPOKEN : { is: 'other', release: await releaseOf(LIMIT_MS) };
  } finally {
    end.abort();
  }
}

/** Whether an answer decides nothing, or did not arrive within so many milliseconds. */
async function undecided<T>(answer: Promise<T | undefined>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  const found = await Promise.race([answer, late]);
  clearTimeout(timer);
  return found === undefined;
}

/** The first answer that decides; undefined if none does. Rejects if a request fails before that. */
function firstKnown<T>(answers: readonly Promise<T | undefined>[]): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let open = answers.length;
    for (const answer of answers) {
      answer.then((value) => {
        open -= 1;
        if (value !== undefined || open === 0) resolve(value);
      }, reject);
    }
  });
}

/** The generation by how ListMember ended; undefined if that does not decide. */
function generationOfCall(error: RpcError | undefined): Generation | undefined {
  if (!error) return 'DM 2.0 or later';
  if (error.code === GRPC_CODE.unimplemented && error.message.includes('unknown method ListMember')) return 'DM 1.0';
  // An error of DM itself, such as 38043 from a follower without a leader: the method exists.
  return /\[code=\d+:class=/.test(error.message) ? 'DM 2.0 or later' : undefined;
}

/** The generation of a release; undefined for none and for a development build. */
function generationOfRelease(release: string | undefined): Generation | undefined {
  const major = /^v?(\d{1,3})\.\d/.exec(release ?? '')?.[1];
  if (major === undefined || major === '0') return undefined;
  return major === '1' ? 'DM 1.0' : 'DM 2.0 or later';
}

/** Asks for `status`: it measures the call, and an unreachable address is an error. */
async function identify(caller: Caller, address: string, signal: AbortSignal, all: boolean): Promise<Identity> {
  const end = new AbortController();
  const timeoutMs = LIMIT_MS;
  const page = askRelease(address, { timeoutMs, signal: AbortSignal.any([signal, end.signal]) });
  page.catch(() => {}); // awaited below, where it is wanted
  try {
    const began = performance.now();
    const error = await askLeader(caller, { timeoutMs, signal });
    const latencyMs = performance.now() - began;
    if (error?.code === GRPC_CODE.unavailable) throw error;
    const byCall = generationOfCall(error);
    const release = byCall && !all ? undefined : await page;
    const generation = byCall ?? generationOfRelease(release);
    if (generation) return { generation, release, latencyMs };
    if (error?.code === GRPC_CODE.unimplemented) return { generation: 'no DM-master', release, latencyMs };
    throw error;
  } finally {
    end.abort();
  }
}

/** The error of a call that was not made because the generation is unknown. */
function untold(error: RpcError, address: string): RpcError {
  if (error.code === GRPC_CODE.unavailable) return error; // the call itself would say no more
  const why = `nothing was sent, because the DM-master at ${address} does not tell whether it is DM 1.0; if it is, give -protocol v1`;
  return new RpcError(error.code, `${error.message}; ${why}`);
}

/** Waits for a shared promise, but not longer than this call may take. Throws RpcError, Interrupted. */
function within<T>({ timeoutMs, signal }: Pick<CallOptions, 'timeoutMs' | 'signal'>, wanted: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: Error): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      reject(error);
    };
    const interrupt = (): void => giveUp(new Interrupted());
    const late = (): void => giveUp(rpcError(GRPC_CODE.deadlineExceeded, 'context deadline exceeded'));
    const timer = timeoutMs < LIMIT_MS ? setTimeout(late, timeoutMs) : undefined;
    if (signal?.aborted) return interrupt();
    signal?.addEventListener('abort', interrupt);
    wanted.then((value) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      resolve(value);
    }, giveUp);
  });
}
