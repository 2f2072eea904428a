// Unary calls to a DM-master over grpc-js: bytes in and bytes out. A call is sent once. The first call connects, and a
// later call reconnects if the connection is gone: a 1.0 master closes a connection that brings no request within
// ten seconds.

import { hrtime } from 'node:process';
import { Interrupted, type RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { type ChannelSettings, openChannel } from './channel.ts';
import { type Call, type Channel, Metadata, type StatusObject, state } from './grpc.ts';
import { rpcError } from './status.ts';
import { endingOf } from './strict-call.ts';
import { broken, unreachable } from './unreachable.ts';

export interface CallOptions {
  /** Milliseconds until the call fails with DeadlineExceeded. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Whether the call is read-only, so that it may be sent again if the master refused it unseen. */
  readonly reads: boolean;
}

/** A connection to one master. */
export interface Connection {
  /** The master's address, `host:port`. */
  readonly address: string;
  /** Waits until the connection is ready, has failed, or was interrupted. Throws NotTaken after `ms` milliseconds. */
  open(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Makes one call. `endsAt` is a time of `monotonicNow`. Throws RpcError, Interrupted and NotTaken. */
  call(path: string, request: Buffer, options: { readonly signal?: AbortSignal | undefined; readonly endsAt: number }): Promise<Buffer>;
  close(): void;
}

export interface Caller {
  /**
   * Makes one call and returns the bytes of the answer.
   * @param path the method, `/pb.Master/<Method>`
   * @throws RpcError, or Interrupted when the signal was raised
   */
  call(path: string, request: Buffer, options: CallOptions): Promise<Buffer>;
  close(): void;
}

/** Where to send calls. */
export interface Target extends ChannelSettings {
  /** Addresses of the masters of one cluster (`host:port`), tried in this order. */
  readonly addresses: readonly string[];
}

/** The timeout of a connection attempt in milliseconds, if there is another address to try. */
const CONNECT_MS = 3000;
/** How long a connection attempt may take, in milliseconds, before the attempt at the next address starts beside it. */
const OVERLAP_MS = 300;

/** A monotonic clock in milliseconds. `performance.now` does the same but loads Node modules that nothing else here needs. */
export const monotonicNow = (): number => Number(hrtime.bigint()) / 1e6;

/** No master started the call: there was no connection, or the call was refused unseen. */
export class NotTaken {
  readonly error: RpcError;
  readonly refused: boolean;
  constructor(error: RpcError, refused: boolean) {
    this.error = error;
    this.refused = refused;
  }
}

/** The connections to the masters of one cluster. Nothing is sent before the first use. */
export function openConnections(target: Target): readonly Connection[] {
  return target.addresses.map((address) => new GrpcConnection(address, target));
}

/** Uses the masters of a cluster one at a time. */
export interface Masters<C extends Connection> {
  /**
   * Uses the connection to the master in use, or to the first one that can be reached. What a master may have taken is
   * not repeated, except for a read that was refused unseen.
   * @throws RpcError, Interrupted, and what `use` throws
   */
  use<T>(use: (connection: C) => Promise<T>, options: CallOptions): Promise<T>;
  /** The address of the master in use. */
  readonly address: string;
  close(): void;
}

/** The masters behind these connections, in the order in which they are tried. */
export function mastersOf<C extends Connection>(connections: readonly C[]): Masters<C> {
  let current = 0;
  const attempt = async <T>(use: (connection: C) => Promise<T>, signal: AbortSignal | undefined, endsAt: number): Promise<T> => {
    const failures: NotTaken[] = [];
    const order = connections.map((_, i) => (current + i) % connections.length);
    while (order.length > 0) {
      const at = order.length > 1 ? await firstOpen(order, connections, endsAt, signal, failures) : order.shift();
      if (at === undefined) break;
      current = at;
      try {
        return await use(connections[at] as C);
      } catch (e) {
        if (!(e instanceof NotTaken) || e.refused) throw e;
        failures.push(e);
        current = (at + 1) % connections.length;
      }
    }
    throw failures.length === 1 ? failures[0] : new NotTaken(allUnreachable(failures), false);
  };
  return {
    use: async (use, { timeoutMs, signal, reads }) => {
      const endsAt = monotonicNow() + timeoutMs;
      try {
        return await attempt(use, signal, endsAt).catch((e) => {
          if (reads && e instanceof NotTaken && e.refused) return attempt(use, signal, endsAt);
          throw e;
        });
      } catch (e) {
        throw e instanceof NotTaken ? e.error : e;
      }
    },
    get address() {
      return connections[current]?.address ?? '';
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}

/**
 * Opens connections in order, the next one when the one before it failed or takes long. Removes the indexes that it
 * decided on from `order`.
 * @returns the index of the first connection that is ready; undefined if all failed
 */
async function firstOpen(
  order: number[],
  connections: readonly Connection[],
  endsAt: number,
  signal: AbortSignal | undefined,
  failures: NotTaken[],
): Promise<number | undefined> {
  const pending = new Map<number, Promise<{ readonly at: number; readonly error?: unknown }>>();
  for (;;) {
    const next = order.find((at) => !pending.has(at));
    if (next !== undefined) pending.set(next, opened(next, connections[next] as Connection, endsAt, signal));
    else if (pending.size === 0) return undefined;
    const last = order.every((at) => pending.has(at));
    const ended = await Promise.race([...pending.values(), ...(last ? [] : [delay(OVERLAP_MS)])]);
    if (!ended) continue;
    pending.delete(ended.at);
    order.splice(order.indexOf(ended.at), 1);
    if (!('error' in ended)) return ended.at;
    if (!(ended.error instanceof NotTaken)) throw ended.error;
    failures.push(ended.error);
  }
}

/** How the attempt to open a connection ended. Never rejects. */
async function opened(
  at: number,
  connection: Connection,
  endsAt: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly at: number; readonly error?: unknown }> {
  try {
    await connection.open(Math.min(CONNECT_MS, endsAt - monotonicNow()), signal);
    return { at };
  } catch (error) {
    return { at, error };
  }
}

const delay = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());

/** A caller for the masters of a cluster. Nothing is sent before the first call. */
export function connect(target: Target): Caller {
  const masters = mastersOf(openConnections(target));
  return {
    call: (path, request, options) => {
      const endsAt = monotonicNow() + options.timeoutMs;
      return masters.use((connection) => connection.call(path, request, { signal: options.signal, endsAt }), options);
    },
    close: masters.close,
  };
}

/** The error of a call that reached no master at any of several addresses. */
function allUnreachable(failures: readonly NotTaken[]): RpcError {
  const reasons = failures.map(({ error }) => error.message.replace(/^rpc error: code = \w+ desc = /, ''));
  return rpcError(GRPC_CODE.unavailable, reasons.join('; '));
}

/** The channel of one address: created on first use, and again after it failed to connect. */
class GrpcConnection implements Connection {
  readonly address: string;
  private readonly options: ChannelSettings;
  private readonly calls = new Set<Call>();
  private opening: Promise<Channel> | undefined;
  private channel: Channel | undefined;

  constructor(address: string, options: ChannelSettings) {
    this.address = address;
    this.options = options;
  }

  async open(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const channel = await this.take();
    const until = Date.now() + ms;
    for (;;) {
      const seen = channel.getConnectivityState(true);
      if (seen === state.READY || signal?.aborted) return;
      if (seen === state.TRANSIENT_FAILURE) throw this.failed(channel, lastFailure(channel));
      const changed = await new Promise<boolean>((resolve) => {
        signal?.addEventListener('abort', () => resolve(true), { once: true });
        channel.watchConnectivityState(seen, until, (error) => resolve(!error));
      });
      if (!changed) throw this.failed(channel, 'ETIMEDOUT');
    }
  }

  async call(path: string, request: Buffer, { signal, endsAt }: Parameters<Connection['call']>[2]): Promise<Buffer> {
    const channel = await this.take();
    if (signal?.aborted) throw new Interrupted();
    const left = endsAt - monotonicNow();
    if (left <= 0) throw deadlineExceeded();
    const { status, message } = await this.send(channel, path, request, signal, Date.now() + left);
    const ending = endingOf(status.metadata);
    if (status.code === GRPC_CODE.ok && message) return message;
    if (ending === 'status') throw rpcError(status.code, status.details);
    if (ending === 'refused') throw new NotTaken(rpcError(status.code, status.details), true);
    if (ending === 'broken') throw rpcError(GRPC_CODE.unavailable, broken(this.address));
    if (status.code === GRPC_CODE.deadlineExceeded) throw deadlineExceeded();
    if (status.code === GRPC_CODE.unavailable) throw this.failed(channel, status.details);
    throw rpcError(status.code, status.details);
  }

  close(): void {
    for (const call of this.calls) call.cancelWithStatus(GRPC_CODE.canceled, 'closed');
    this.drop();
  }

  /** The channel. Throws NotTaken for an address that cannot be reached. */
  private async take(): Promise<Channel> {
    try {
      this.opening ??= openChannel(this.address, this.options);
      const { opening } = this;
      const channel = await opening;
      if (opening === this.opening) this.channel = channel;
      return channel;
    } catch (e) {
      throw this.failed(undefined, (e as Error).message);
    }
  }

  /** A channel that failed to connect backs off longer and longer, so the next call gets a new one. */
  private failed(channel: Channel | undefined, details: string): NotTaken {
    if (channel === this.channel) this.drop();
    return new NotTaken(rpcError(GRPC_CODE.unavailable, unreachable(details, this.address)), false);
  }

  private drop(): void {
    this.channel?.close();
    this.channel = undefined;
    this.opening = undefined;
  }

  /** Sends a call and waits for its end. It requests one message at a time, so that a second message is noticed. */
  private send(
    channel: Channel,
    path: string,
    request: Buffer,
    signal: AbortSignal | undefined,
    deadline: number,
  ): Promise<{ status: StatusObject; message: Buffer | undefined }> {
    return new Promise((resolve, reject) => {
      let message: Buffer | undefined;
      const call = channel.createCall(path, deadline, undefined, null, undefined);
      const interrupt = (): void => {
        call.cancelWithStatus(GRPC_CODE.canceled, 'interrupted');
        reject(new Interrupted());
      };
      this.calls.add(call);
      signal?.addEventListener('abort', interrupt);
      call.start(new Metadata(), {
        onReceiveMetadata: () => {},
        onReceiveMessage: (bytes: Buffer) => {
          message = bytes;
          call.startRead();
        },
        onReceiveStatus: (status) => {
          this.calls.delete(call);
          signal?.removeEventListener('abort', interrupt);
          resolve({ status, message });
        },
      });
      call.startRead();
      call.sendMessageWithContext({}, request);
      call.halfClose();
    });
  }
}

/** Why a channel cannot connect, as grpc-js would report it for a call. It has no public way to ask without a call. */
function lastFailure(channel: Channel): string {
  const { currentPicker } = (channel as unknown as { internalChannel: InternalChannel }).internalChannel;
  return currentPicker.pick({ metadata: new Metadata(), extraPickInfo: {} }).status?.details ?? 'no connection';
}

interface InternalChannel {
  readonly currentPicker: { pick(arguments_: object): { readonly status: { readonly details: string } | null } };
}

function deadlineExceeded(): RpcError {
  return rpcError(GRPC_CODE.deadlineExceeded, 'context deadline exceeded');
}
