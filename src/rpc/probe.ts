// What a master is: its generation and version, and how far away. Nothing here changes anything (dm-facts 3.1).

import http from 'node:http';
import { RpcError } from '../core/errors.ts';
import { splitHostPort } from '../text/address.ts';
import type { Caller } from './caller.ts';
import { CODE } from './status.ts';

export interface Probe {
  readonly generation: string;
  /** The release version as the master tells it; undefined where it does not. */
  readonly version: string | undefined;
  /** Milliseconds from a request to its answer. */
  readonly latencyMs: number;
}

const LIST_LEADER = Buffer.from([0x08, 0x01]);
const PATIENCE_MS = 1500;

/** Asks a master what it is. Throws RpcError when it cannot be reached. */
export async function probe(caller: Caller, address: string, signal: AbortSignal): Promise<Probe> {
  const began = performance.now();
  const generation = await generationOf(caller, signal);
  const latencyMs = performance.now() - began;
  return { generation, latencyMs, version: await versionOf(address) };
}

/** ListMember exists since DM 2.0: a DM 1.0 says that it does not know the method. */
async function generationOf(caller: Caller, signal: AbortSignal): Promise<string> {
  try {
    await caller.call('/pb.Master/ListMember', LIST_LEADER, { timeoutMs: 2 * PATIENCE_MS, signal, reads: true });
    return 'DM 2.0 or later (this client speaks DM 1.0)';
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    if (error.code === CODE.unimplemented) return /unknown service/.test(error.message) ? 'no DM-master' : 'DM 1.0';
    if (error.message.includes('[code=38043')) return 'DM 2.0 or later (this client speaks DM 1.0)';
    throw error;
  }
}

/** A DM-master tells its version on the same port, to a plain HTTP request. */
function versionOf(address: string): Promise<string | undefined> {
  const { host, port } = splitHostPort(address);
  return new Promise((resolve) => {
    const request = http.get({ host: host || '127.0.0.1', port, path: '/status', timeout: PATIENCE_MS, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > 4096) request.destroy();
      });
      response.on('close', () => resolve(/^Release Version: *(\S+)/m.exec(text)?.[1]));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
