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

/** A monotonic clock in milliseconds. `performance.now` does the same but loads Node modules that nothing else here needs. */
const now = (): number => Number(hrtime.bigint()) / 1e6;

/** No master started the call: there was no connection, or the call was refused unseen. */
class NotTaken {
  readonly error: RpcError;
  readonly refused: boolean;
  constructor(error: RpcError, refused: boolean) {
    this.error = error;
    this.refused = refused;
  }
}

/** A caller for the masters of a cluster. Nothing is sent before the first call. */
export function connect(target: Target): Caller {
  const connections = target.addresses.map((address) => new Connection(address, target));
  let current = 0;
  const attempt = async (path: string, request: Buffer, signal: AbortSignal | undefined, endsAt: number): Promise<Buffer> => {
    const failures: NotTaken[] = [];
    for (let tried = 0; tried < connections.length; tried += 1) {
      const connection = connections[current] as Connection;
      try {
        if (tried + 1 < connections.length) await connection.open(Math.min(CONNECT_MS, endsAt - now()), signal);
        return await connection.call(path, request, signal, endsAt);
      } catch (e) {
        if (!(e instanceof NotTaken) || e.refused) throw e;
        failures.push(e);
        current = (current + 1) % connections.length;
      }
    }
    throw failures.length === 1 ? failures[0] : new NotTaken(allUnreachable(failures), false);
  };
  return {
    call: async (path, request, { timeoutMs, signal, reads }) => {
      const endsAt = now() + timeoutMs;
      try {
        return await attempt(path, request, signal, endsAt).catch((e) => {
          if (reads && e instanceof NotTaken && e.refused) return attempt(path, request, signal, endsAt);
          throw e;
        });
      } catch (e) {
        throw e instanceof NotTaken ? e.error : e;
      }
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}

/** The error of a call that reached no master at any of several addresses. */
function allUnreachable(failures: readonly NotTaken[]): RpcError {
  const reasons = failures.map(({ error }) => error.message.replace(/^rpc error: code = \w+ desc = /, ''));
  return rpcError(GRPC_CODE.unavailable, reasons.join('; '));
}

/** The channel of one address: created on first use, and again after it failed to connect. */
class Connection {
  private readonly address: string;
  private readonly options: ChannelSettings;
  private readonly calls = new Set<Call>();
  private opening: Promise<Channel> | undefined;
  private channel: Channel | undefined;

  constructor(address: string, options: ChannelSettings) {
    this.address = address;
    this.options = options;
  }

  /** Waits until the connection is ready, has failed, or was interrupted; the call then reports it. Throws NotTaken after `ms`. */
  async open(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const channel = await this.take();
    const until = Date.now() + ms;
    for (;;) {
      const seen = channel.getConnectivityState(true);
      if (seen === state.READY || seen === state.TRANSIENT_FAILURE || signal?.aborted) return;
      const changed = await new Promise<boolean>((resolve) => {
        signal?.addEventListener('abort', () => resolve(true), { once: true });
        channel.watchConnectivityState(seen, until, (error) => resolve(!error));
      });
      if (!changed) throw this.failed(channel, 'ETIMEDOUT');
    }
  }

  /** Makes a call. Throws RpcError, Interrupted and NotTaken. */
  async call(path: string, request: Buffer, signal: AbortSignal | undefined, endsAt: number): Promise<Buffer> {
    const channel = await this.take();
    if (signal?.aborted) throw new Interrupted();
    const left = endsAt - now();
    if (left <= 0) throw deadlineExceeded();
    const { status, message } = await this.send(channel, path, request, signal, Date.now() + left);
    const ending = endingOf(status.metadata);
    if (status.code === GRPC_CODE.ok && message) return message;
    if (ending === 'told') throw rpcError(status.code, status.details);
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

function deadlineExceeded(): RpcError {
  return rpcError(GRPC_CODE.deadlineExceeded, 'context deadline exceeded');
}
