// Requests that detect the generation and the release of a DM-master. None changes anything. Each ends at its deadline, at its signal, or
// when the answer is larger than a valid one can be.

import http from 'node:http';
import net from 'node:net';
import { Interrupted, RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { splitHostPort } from '../text/address.ts';
import { type Connection, monotonicNow } from './caller.ts';
import type { TlsOptions } from './channel.ts';

export interface ProbeOptions {
  /** The timeout of the whole request in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** ListMemberRequest {leader: true}. */
const LIST_LEADER = Buffer.from([0x08, 0x01]);
/** The page of a DM-master has five or six short lines. */
const MAX_PAGE_BYTES = 4096;

/**
 * Calls ListMember, which exists since DM 2.0. The answer is not decoded.
 * @returns the error of the call; undefined when it was answered
 * @throws NotTaken if there is no connection; Interrupted when the signal was raised
 */
export function askLeader(connection: Connection, options: ProbeOptions): Promise<RpcError | undefined> {
  return ask(connection, 'ListMember', LIST_LEADER, options);
}

/**
 * Whether the master has a method, asked with an empty request, which it answers or rejects without changing anything.
 * @throws NotTaken, Interrupted, RpcError as askLeader does; RpcError if the answer does not decide it
 */
export async function hasMethod(
  connection: Connection,
  method: 'GetValidationStatus' | 'Encrypt',
  options: ProbeOptions,
): Promise<boolean> {
  const error = await ask(connection, method, Buffer.alloc(0), options);
  return error?.code !== GRPC_CODE.unimplemented;
}

async function ask(
  connection: Connection,
  method: string,
  request: Buffer,
  { timeoutMs, signal }: ProbeOptions,
): Promise<RpcError | undefined> {
  try {
    await connection.call(`/pb.Master/${method}`, request, { signal, endsAt: monotonicNow() + timeoutMs });
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
}

/**
 * Requests the page `/status`, where every DM-master reports its release over HTTP on the same port.
 * @param tls what the connection uses; without it the request is in clear text
 * @returns the release in the form of the page, such as `v1.0.1`; undefined if there is none. Throws Interrupted when the
 * signal was raised.
 */
export async function askRelease(address: string, { timeoutMs, signal }: ProbeOptions, tls?: TlsOptions): Promise<string | undefined> {
  const { host, port } = splitHostPort(address);
  const sni = tls && net.isIP(host) !== 0 ? { servername: '' } : {}; // an IP address is not a server name (RFC 6066)
  const { get } = tls ? await import('node:https') : http;
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const page = await new Promise<string>((resolve) => {
    let text = '';
    // The deadline covers the whole answer, because one that drips byte by byte is never idle.
    const options = { host: host || '127.0.0.1', port: port || '0', path: '/status', agent: false, signal: until, ...tls, ...sni };
    const request = get(options, (response) => {
      response.setEncoding('latin1');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > MAX_PAGE_BYTES) request.destroy();
      });
      response.on('error', () => {}); // the data received so far counts
      response.on('close', () => resolve(text));
    });
    request.on('error', () => resolve(text));
    request.on('close', () => resolve(text));
  });
  if (signal.aborted) throw new Interrupted();
  return /^Release Version: *([\x21-\x7e]{1,64})$/m.exec(page)?.[1];
}
