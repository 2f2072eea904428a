// Unary calls to a DM-master over gRPC, bytes in and bytes out. The connection is made with the first call: a 1.0
// master drops a connection that brings no request within ten seconds (dm-facts 2.1).

import { Client, type ClientUnaryCall, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { Interrupted, RpcError } from '../core/errors.ts';
import { explain } from './status.ts';
import { channelTarget } from './target.ts';

export interface Caller {
  /**
   * Makes one call and gives the bytes of the answer. It is sent once, never again.
   * @param path the method, `/pb.Master/<Method>`
   * @param timeoutMs milliseconds until the call fails with DeadlineExceeded
   * @throws RpcError, or Interrupted when the signal was raised
   */
  call(path: string, request: Buffer, timeoutMs: number, signal?: AbortSignal): Promise<Buffer>;
  close(): void;
}

const same = (bytes: Buffer): Buffer => bytes;

/** A caller for a master's address (`host:port`). Nothing is sent before the first call. */
export function connect(address: string): Caller {
  const client = new Client(channelTarget(address), credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_http_proxy': 0,
    'grpc.enable_retries': 0,
    'grpc.enable_channelz': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1000,
  });
  return {
    call: (path, request, timeoutMs, signal) =>
      new Promise((resolve, reject) => {
        let call: ClientUnaryCall | undefined;
        const abort = (): void => call?.cancel();
        const done = (error: ServiceError | null, answer?: Buffer): void => {
          signal?.removeEventListener('abort', abort);
          if (signal?.aborted) reject(new Interrupted());
          else if (error) reject(new RpcError(error.code, explain(error, address)));
          else resolve(asBuffer(answer as Buffer));
        };
        call = client.makeUnaryRequest(path, same, same, request, new Metadata(), { deadline: Date.now() + timeoutMs }, done);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort);
      }),
    close: () => client.close(),
  };
}

/** Some runtimes hand out plain byte arrays. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
