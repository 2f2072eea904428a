// Detects the generation and the release of a DM-master before a command is sent and before an answer is decoded. Both
// generations serve the same methods with reused field numbers: each would execute a command of the other and return an
// answer that reads as something else (dm-facts 2.4). Every call of a session goes through here.

import { Interrupted, NOT_SENT, OtherGeneration, Refusal, RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { type Generation, generationOf, type MasterIdentity, parseRelease, type Release } from '../command/release.ts';
import type { Protocol } from '../command/run-options.ts';
import { type CallOptions, type Connection, mastersOf, monotonicNow } from '../rpc/caller.ts';
import type { TlsOptions } from '../rpc/channel.ts';
import { askLeader, askRelease, hasMethod } from '../rpc/probe.ts';
import { rpcError } from '../rpc/status.ts';

/** What a master reports about itself. */
export interface MasterReport {
  readonly address: string;
  /** Undefined if the server is not a DM-master. */
  readonly identity: MasterIdentity | undefined;
  /** The release as the master reports it, also a development build's; undefined if it reports none. */
  readonly releaseText: string | undefined;
  /** Milliseconds from a call to its answer. */
  readonly latencyMs: number;
}

export interface ResolvingCaller {
  /**
   * The generation and release of the master in use. Asks the master unless they are known.
   * @throws RpcError if it cannot be reached or does not report a generation; OtherGeneration if it is not of the
   * generation that the user set; Interrupted
   */
  resolve(options: Pick<CallOptions, 'timeoutMs' | 'signal'>): Promise<MasterIdentity>;
  /** What the master reports about itself now. Throws RpcError if it cannot be reached; Interrupted. */
  report(signal: AbortSignal): Promise<MasterReport>;
  /**
   * Makes one call of a generation. The connection that takes it belongs to a master of that generation.
   * @throws OtherGeneration, and what Caller.call throws
   */
  call(path: string, request: Buffer, options: GenerationCallOptions): Promise<Buffer>;
  close(): void;
}

export interface GenerationCallOptions extends CallOptions {
  readonly generation: Generation;
}

export interface ResolverOptions {
  /** `auto`, or the generation that applies if the master does not report one. */
  readonly protocol: Protocol;
  /** TLS of the connections; undefined for clear text. */
  readonly tls?: TlsOptions | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

/** The timeout of the detection in milliseconds. */
const LIMIT_MS = 3000;
/** How long a master may take to report its release, in milliseconds, if its generation is known without it. */
const RELEASE_LIMIT_MS = 1000;
/** How long a master that was detected before may take to report itself on its page, in milliseconds, before it is called. */
const HEAD_START_MS = 500;
/** How long after the last answer, in milliseconds, a master counts as unchanged: an upgrade takes longer. */
const SAME_FOR_MS = 5000;

/** A caller that makes no call before it is certain that the master is of the call's generation. */
export function resolvingCaller(connections: readonly Connection[], options: ResolverOptions): ResolvingCaller {
  const guards = connections.map((connection) => new GuardedConnection(connection, options));
  const masters = mastersOf(guards);
  return {
    resolve: async (call) => {
      const identity = await masters.use((guard) => guard.resolve(call), { ...call, reads: true });
      refuseList(identity, connections);
      return identity;
    },
    report: (signal) => masters.use((guard) => guard.report(signal), { timeoutMs: LIMIT_MS, signal, reads: true }),
    call: (path, request, call) => {
      const endsAt = monotonicNow() + call.timeoutMs;
      if (call.generation === 'v1') refuseList({ generation: 'v1', release: undefined }, connections);
      return masters.use((guard) => guard.send(path, request, call, endsAt), call);
    },
    close: masters.close,
  };
}

/** DM 1.0 has one master, so masters of a list are of different clusters. A call must not move from one to another. */
function refuseList({ generation }: MasterIdentity, { length }: readonly Connection[]): void {
  if (generation !== 'v1' || length < 2) return;
  throw new Refusal(`DM 1.0 has one DM-master, but -master-addr names ${length}. ${NOT_SENT}. Name one of them`);
}

/** A connection to one master with what is known about that master. */
class GuardedConnection implements Connection {
  private readonly connection: Connection;
  private readonly options: ResolverOptions;
  private readonly now: () => number;
  private readonly stop = new AbortController();
  private known: MasterIdentity | undefined;
  private answeredAt = 0;
  private detected = false;
  private asking: Promise<MasterIdentity> | undefined;

  constructor(connection: Connection, options: ResolverOptions) {
    this.connection = connection;
    this.options = options;
    this.now = options.now ?? monotonicNow;
  }

  get address(): string {
    return this.connection.address;
  }

  open: Connection['open'] = (ms, signal) => this.connection.open(ms, signal);

  call: Connection['call'] = (...call) => this.connection.call(...call);

  close(): void {
    this.stop.abort();
    this.connection.close();
  }

  async resolve(options: Pick<CallOptions, 'timeoutMs' | 'signal'>): Promise<MasterIdentity> {
    if (this.known && this.now() - this.answeredAt > SAME_FOR_MS) this.known = undefined;
    // One detection serves all calls that wait for it, so the signal of one call must not end it.
    if (!this.known && !this.asking) {
      this.asking = this.detect();
      this.asking.catch(() => {}); // a call that was interrupted no longer waits for it
    }
    const identity = this.known ?? (await within(options, this.asking as Promise<MasterIdentity>));
    const { protocol } = this.options;
    if (protocol !== 'auto' && protocol !== identity.generation) throw new OtherGeneration(this.address, identity, protocol, true);
    return identity;
  }

  async report(signal: AbortSignal): Promise<MasterReport> {
    const report = await reportOf(this.connection, this.options.tls, signal);
    this.known = report.identity;
    this.answeredAt = this.now();
    return report;
  }

  async send(path: string, request: Buffer, options: GenerationCallOptions, endsAt: number): Promise<Buffer> {
    const identity = await this.resolve(options);
    if (identity.generation !== options.generation) throw new OtherGeneration(this.address, identity, options.generation, false);
    try {
      const answer = await this.connection.call(path, request, { signal: options.signal, endsAt });
      this.answeredAt = this.now();
      return answer;
    } catch (error) {
      // After a reconnect, the master may be another release.
      if (!(error instanceof RpcError) || error.code === GRPC_CODE.unavailable) this.known = undefined;
      throw error;
    }
  }

  private async detect(): Promise<MasterIdentity> {
    const { protocol, tls } = this.options;
    try {
      const { signal } = this.stop;
      this.known = await (protocol === 'auto'
        ? detect(this.connection, { tls, signal, again: this.detected })
        : trust(this.connection, protocol, { tls, signal }));
      this.answeredAt = this.now();
      this.detected = true;
      return this.known;
    } finally {
      this.asking = undefined;
    }
  }
}

interface DetectOptions {
  readonly tls: TlsOptions | undefined;
  readonly signal: AbortSignal;
}

/**
 * Asks with both requests at the same time. The first answer that decides the generation ends the detection, except that the
 * release of DM 2.0 and later is needed too.
 * @param options `again`: whether this master was detected before
 */
async function detect(connection: Connection, { tls, signal, again }: DetectOptions & { again: boolean }): Promise<MasterIdentity> {
  const end = new AbortController();
  const until = AbortSignal.any([signal, end.signal]);
  let error: RpcError | undefined;
  const page = askRelease(connection.address, { timeoutMs: LIMIT_MS, signal: until }, tls);
  page.catch(() => {}); // a cancelled request needs no report
  const byCall = async (): Promise<Generation | undefined> => {
    error = await askLeader(connection, { timeoutMs: LIMIT_MS, signal });
    return generationOfCall(error);
  };
  const byPage = async (): Promise<Generation | undefined> => generationOfPage(await page);
  try {
    // A master that was detected before usually has the page, which costs it less than a call.
    const known = again ? await unlessLate(byPage(), HEAD_START_MS) : undefined;
    const generation = known ?? (await firstKnown([byCall(), byPage()]));
    if (!generation) throw untold(error ?? rpcError(GRPC_CODE.unknown, 'the DM-master does not report its generation'), connection.address);
    if (generation === 'v1') return { generation, release: undefined };
    return { generation, release: await releaseOf(connection, page, until) };
  } finally {
    end.abort();
  }
}

/**
 * The user's choice applies without a call, because it is for masters that cannot be asked. It does not apply if the master's own page
 * contradicts it.
 */
async function trust(connection: Connection, protocol: Generation, { tls, signal }: DetectOptions): Promise<MasterIdentity> {
  const release = parseRelease((await askRelease(connection.address, { timeoutMs: RELEASE_LIMIT_MS, signal }, tls)) ?? '');
  return { generation: release ? generationOf(release) : protocol, release };
}

/** The release on the page. Without one, the oldest release that has the methods which the master has. */
async function releaseOf(connection: Connection, page: Promise<string | undefined>, signal: AbortSignal): Promise<Release | undefined> {
  const release = parseRelease((await unlessLate(page, RELEASE_LIMIT_MS)) ?? '');
  if (release) return release;
  const options = { timeoutMs: RELEASE_LIMIT_MS, signal };
  if (!(await hasMethod(connection, 'GetValidationStatus', options))) return concluded(5, 4);
  return (await hasMethod(connection, 'Encrypt', options)) ? undefined : concluded(7, 5);
}

const concluded = (major: number, minor: number): Release => ({ major, minor, patch: 0, text: '' });

/** The value of a promise if it arrives within `ms` milliseconds. */
async function unlessLate<T>(value: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
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
  if (!error) return 'v2';
  if (error.code === GRPC_CODE.unimplemented && error.message.includes('unknown method ListMember')) return 'v1';
  // An error of DM itself, such as 38043 from a follower without a leader: the method exists.
  return /\[code=\d+:class=/.test(error.message) ? 'v2' : undefined;
}

function generationOfPage(text: string | undefined): Generation | undefined {
  const release = parseRelease(text ?? '');
  return release && generationOf(release);
}

/** Asks for `status`: it measures the call, and an unreachable address is an error. */
async function reportOf(connection: Connection, tls: TlsOptions | undefined, signal: AbortSignal): Promise<MasterReport> {
  const { address } = connection;
  const end = new AbortController();
  const until = AbortSignal.any([signal, end.signal]);
  const page = askRelease(address, { timeoutMs: LIMIT_MS, signal: until }, tls);
  page.catch(() => {}); // a cancelled request needs no report
  try {
    const began = performance.now();
    const error = await askLeader(connection, { timeoutMs: LIMIT_MS, signal });
    const latencyMs = performance.now() - began;
    if (error?.code === GRPC_CODE.unavailable) throw error;
    const releaseText = await page;
    const generation = generationOfCall(error) ?? generationOfPage(releaseText);
    if (!generation && error?.code !== GRPC_CODE.unimplemented) throw error as RpcError;
    const release = generation === 'v2' ? await releaseOf(connection, page, until) : parseRelease(releaseText ?? '');
    return { address, identity: generation && { generation, release }, releaseText, latencyMs };
  } finally {
    end.abort();
  }
}

/** The error of a call that was not made because the generation is unknown. */
function untold(error: RpcError, address: string): RpcError {
  if (error.code === GRPC_CODE.unavailable) return error; // the call itself would report the same
  const why = `The DM-master at ${address} does not report whether it is DM 1.0 or DM 2.0. ${NOT_SENT}`;
  return new RpcError(error.code, `${error.message}. ${why}. If you know the generation, use -protocol v1 or -protocol v2`);
}

/** Waits for a shared promise, but not longer than this call may take. Throws RpcError, Interrupted. */
function within<T>({ timeoutMs, signal }: Pick<CallOptions, 'timeoutMs' | 'signal'>, shared: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
    };
    const giveUp = (error: unknown): void => {
      settle();
      reject(error);
    };
    const interrupt = (): void => giveUp(new Interrupted());
    const late = (): void => giveUp(rpcError(GRPC_CODE.deadlineExceeded, 'context deadline exceeded'));
    const timer = timeoutMs < LIMIT_MS ? setTimeout(late, timeoutMs) : undefined;
    if (signal?.aborted) return interrupt();
    signal?.addEventListener('abort', interrupt);
    shared.then((value) => {
      settle();
      resolve(value);
    }, giveUp);
  });
}
