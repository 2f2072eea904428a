// Two requests that detect the generation of a DM-master. Neither changes anything. Each ends at its deadline, at its signal, or
// when the answer is larger than a valid one can be.

import http from 'node:http';
import { Interrupted, RpcError } from '../command/errors.ts';
import { splitHostPort } from '../text/address.ts';
import type { Caller } from './caller.ts';

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
 * @returns the error of the call; undefined when it was answered. Throws Interrupted when the signal was raised.
 */
export async function askLeader(caller: Caller, { timeoutMs, signal }: ProbeOptions): Promise<RpcError | undefined> {
  try {
    await caller.call('/pb.Master/ListMember', LIST_LEADER, { timeoutMs, signal, reads: true });
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
}

/**
 * Requests the page `/status`, where every DM-master reports its release over plain HTTP on the same port.
 * @returns the release in the form of the page, such as `v1.0.1`; undefined if there is none. Throws Interrupted when the
 * signal was raised.
 */
export async function askRelease(address: string, { timeoutMs, signal }: ProbeOptions): Promise<string | undefined> {
  const { host, port } = splitHostPort(address);
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const page = await new Promise<string>((resolve) => {
    let text = '';
    // The deadline covers the whole answer, because one that drips byte by byte is never idle.
    const options = { host: host || '127.0.0.1', port: port || '0', path: '/status', agent: false, signal: until };
    const request = http.get(options, (response) => {
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
