// From an address as people write it to what the gRPC channel takes.

import { isIPv4, isIPv6 } from 'node:net';
import { splitHostPort } from '../text/address.ts';

/** The channel's target. Numbers go past the resolver; an empty host is this machine, as in Go. */
export function channelTarget(address: string): string {
  const { host, port } = splitHostPort(address);
  if (host === '') return `ipv4:127.0.0.1:${port}`;
  if (isIPv4(host)) return `ipv4:${host}:${port}`;
  if (isIPv6(host)) return `ipv6:[${host}]:${port}`;
  return `dns:${host}:${port}`;
}
