// The steps of a connection one by one, for a diagnosis: the name, the port, the TLS handshake. Nothing is sent to the master
// beyond that. Each step ends at its limit or at its signal.

import dns from 'node:dns';
import net from 'node:net';
import type { PeerCertificate } from 'node:tls';
import { Interrupted } from '../command/errors.ts';
import { splitHostPort } from '../text/address.ts';
import type { TlsOptions } from './channel.ts';
import { reasonOf } from './unreachable.ts';

export interface StepOptions {
  /** The timeout of the step in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How a step ended: with its result, or why it failed. */
export type Outcome<T> = { readonly value: T } | { readonly problem: string };

/** The IP addresses of a host name. Throws Interrupted. */
export function lookUp(host: string, options: StepOptions): Promise<Outcome<readonly string[]>> {
  return step<readonly string[]>(options, (end) => {
    dns.lookup(host, { all: true }, (error, found) => end(error ? failure(error) : { value: found.map((f) => f.address) }));
    return () => {}; // a lookup cannot be cancelled: its late answer is ignored
  });
}

/** Connects to a port and closes the connection. Throws Interrupted. */
export function connectTo(address: string, options: StepOptions): Promise<Outcome<undefined>> {
  const { host, port } = partsOf(address);
  return step<undefined>(options, (end) => {
    const socket = net.connect({ host, port: Number(port) });
    socket.on('connect', () => end({ value: undefined }));
    socket.on('error', (error) => end(failure(error)));
    return () => socket.destroy();
  });
}

/** The certificate of a server, and why it is not trusted; undefined if it is. */
export interface Handshake {
  readonly distrust: string | undefined;
  /** The last day of the certificate; undefined if there is none. */
  readonly validTo: Date | undefined;
}

/** Makes a TLS handshake and closes the connection. A certificate that is not trusted is a result. Throws Interrupted. */
export async function shakeHands(address: string, tls: TlsOptions, options: StepOptions): Promise<Outcome<Handshake>> {
  const { host, port } = partsOf(address);
  const { connect } = await import('node:tls');
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  return await step<Handshake>(options, (end) => {
    const socket = connect({ host, port: Number(port), ...tls, ...name, ALPNProtocols: ['h2'], rejectUnauthorized: false });
    socket.on('secureConnect', () => {
      const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
      const { authorizationError: error } = socket;
      end({
        value: {
          distrust: socket.authorized ? undefined : distrustOf(String(error ?? '')),
          validTo: certificate.valid_to === undefined ? undefined : new Date(certificate.valid_to),
        },
      });
    });
    socket.on('error', (error) => end(failure(error)));
    return () => socket.destroy();
  });
}

/** An empty host is this machine, as in Go. */
function partsOf(address: string): { host: string; port: string } {
  const { host, port } = splitHostPort(address);
  return { host: host === '' ? '127.0.0.1' : host, port: port === '' ? '0' : port };
}

/** Runs a step. `begin` starts it and returns the function that ends it early. Throws Interrupted. */
function step<T>({ timeoutMs, signal }: StepOptions, begin: (end: (outcome: Outcome<T>) => void) => () => void): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Interrupted());
      return;
    }
    let stop = (): void => {};
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      stop();
    };
    const end = (outcome: Outcome<T>): void => {
      finish();
      resolve(outcome);
    };
    const interrupt = (): void => {
      finish();
      reject(new Interrupted());
    };
    const timer = setTimeout(() => end({ problem: `no answer within ${timeoutMs / 1000} s` }), timeoutMs);
    signal.addEventListener('abort', interrupt);
    try {
      stop = begin(end);
    } catch (error) {
      end(failure(error as Error));
    }
  });
}

function failure(error: Error): { problem: string } {
  const { code = '' } = error as NodeJS.ErrnoException;
  // A reason may end with advice, which a diagnosis gives in its own words.
  return { problem: reasonOf(`${code} ${error.message}`)?.replace(/\. .*$/, '') ?? error.message };
}

/** OpenSSL's codes for a certificate that is not trusted. */
const DISTRUST: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Is the clock of this machine right?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed, and ssl-ca does not have it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not in ssl-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate authority is not in ssl-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not in ssl-ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not in ssl-ca',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

function distrustOf(text: string): string {
  const code = Object.keys(DISTRUST).find((known) => text.includes(known));
  if (code !== undefined) return DISTRUST[code] as string;
  // A text of our own check of names, or OpenSSL's.
  return text.replace(/^Error: /, '') || 'its certificate is not trusted';
}
