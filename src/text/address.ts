// Addresses of the form host:port, split as Go's net.SplitHostPort does and with its texts.

import { isIPv6 } from 'node:net';

/**
 * Host (without brackets) and port. Accepts only a host name or an IP address, because the host becomes part of a URL. Throws
 * Error, with Go's text where Go rejects the address too.
 */
export function splitHostPort(address: string): { host: string; port: string } {
  const wrong = (why: string): Error => new Error(`address ${address}: ${why}`);
  const colon = address.lastIndexOf(':');
  if (colon < 0) throw wrong('missing port in address');
  if (!address.startsWith('[')) {
    const host = address.slice(0, colon);
    if (host.includes(':')) throw wrong('too many colons in address');
    if (/[[\]]/.test(address)) throw wrong(`unexpected '${address.includes('[') ? '[' : ']'}' in address`);
    const trouble = host === '' ? undefined : nameTrouble(host);
    if (trouble) throw wrong(trouble);
    return { host, port: address.slice(colon + 1) };
  }
  const end = address.indexOf(']');
  if (end < 0) throw wrong("missing ']' in address");
  if (end + 1 === address.length) throw wrong('missing port in address');
  if (end + 1 !== colon) throw wrong(address[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
  if (/[[\]]/.test(address.slice(1, end) + address.slice(end + 1))) throw wrong("unexpected '[' in address");
  const host = address.slice(1, end);
  const trouble = ipv6Trouble(host);
  if (trouble) throw wrong(trouble);
  return { host, port: address.slice(colon + 1) };
}

/**
 * Rejects an address that can never be called. A missing port is reported by the first call, as in the original. Throws Error
 * as splitHostPort does.
 */
export function checkAddress(address: string): void {
  const { port } = splitHostPort(address);
  if (port === '' || (/^\d{1,9}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) return;
  throw new Error(`address ${address}: the port must be a number from 1 to 65535`);
}

/** Why a text is neither a host name nor an IPv4 address; undefined if it is one. */
function nameTrouble(host: string): string | undefined {
  const odd = /[^A-Za-z0-9._-]/u.exec(host)?.[0];
  if (odd !== undefined) return `a host cannot contain the character ${JSON.stringify(odd)}`;
  // A last part of digits makes it an IPv4 address. A URL also accepts 127.1 and 0x7f.1 as one, and resolves them to a different
  // host.
  const url = `http://${host}:1/`;
  // Node 24's URL accepts a bare `xn--`, which is not a name.
  const bare = /(?:^|\.)xn--(?:\.|$)/i.test(host);
  if (!bare && URL.canParse(url) && new URL(url).hostname === host.toLowerCase()) return undefined;
  return `${JSON.stringify(host)} is neither a host name nor an IP address`;
}

/** Why a text in brackets is not a valid IPv6 address for a call; undefined if it is one. */
function ipv6Trouble(host: string): string | undefined {
  if (!isIPv6(host)) return `${JSON.stringify(host)} is not an IPv6 address`;
  return host.includes('%') ? 'an IPv6 zone is not supported. Use a host name or an address without a zone' : undefined;
}

/** The addresses of the masters of one cluster, and whether they use TLS. */
export interface MasterAddresses {
  readonly addresses: readonly string[];
  /** An address begins with https://. */
  readonly tls: boolean;
}

/**
 * Splits a list such as `https://a:8261,b:8261`.
 * @throws Error as checkAddress does, for the first address that can never be called
 */
export function masterAddresses(text: string): MasterAddresses {
  const parts = text.split(',').map((part) => /^(?:(https?):\/\/)?(.*?)\/?$/s.exec(part.trim()) as RegExpExecArray);
  const addresses = parts.map(([, , address = '']) => address);
  for (const address of addresses) checkAddress(address);
  return { addresses, tls: parts.some(([, scheme]) => scheme === 'https') };
}
