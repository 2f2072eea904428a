// A grpc-js channel to one address: where it connects, with what options and credentials.

import net from 'node:net';
import { splitHostPort } from '../text/address.ts';
import { Channel, ChannelCredentials, type ChannelOptions } from './grpc.ts';
import './plain-messages.ts';
import './strict-call.ts';

/** TLS with the system's certificate authorities or the given ones. Everything is PEM. */
export interface TlsOptions {
  readonly ca?: Buffer;
  /** The client's own certificate, and its key. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** Verifies the certificate of a host; an Error rejects it. Without it, the host name must match. */
  readonly checkServerIdentity?: NonNullable<Parameters<typeof ChannelCredentials.createSsl>[3]>['checkServerIdentity'];
}

export interface ChannelSettings {
  /** The maximum size of one answer in bytes. */
  readonly maxAnswerBytes: number;
  /** Without it, calls are sent in clear text. */
  readonly tls?: TlsOptions | undefined;
}

/** Large enough that a large answer does not wait for window updates. */
const WINDOW = 16 << 20;

/** A channel to an address (`host:port`). Connects with its first call. Throws Error for an invalid address. */
export async function openChannel(address: string, { maxAnswerBytes, tls }: ChannelSettings): Promise<Channel> {
  const target = targetOf(address);
  if (target.startsWith('dns:')) await import('./grpc-names.ts');
  return new Channel(target, credentials(tls), {
    ...withoutZone(target),
    'grpc.primary_user_agent': 'dmctl',
    'grpc.max_receive_message_length': maxAnswerBytes,
    'grpc-node.flow_control_window': WINDOW,
    'grpc.enable_http_proxy': 0, // a proxy from the environment must not be used for a cluster's port
    'grpc.enable_retries': 0, // what changes the cluster is sent once
    'grpc.service_config_disable_resolution': 1, // no TXT records, which could ask for retries
    'grpc.use_local_subchannel_pool': 1, // a new channel does not wait for the backoff of the one before it
    'grpc.enable_channelz': 0,
  });
}

function credentials(tls: TlsOptions | undefined): ChannelCredentials {
  if (!tls) return ChannelCredentials.createInsecure();
  const { ca, cert, key, checkServerIdentity } = tls;
  return ChannelCredentials.createSsl(ca, key, cert, checkServerIdentity ? { checkServerIdentity } : {});
}

/** An address as a grpc-js target. Throws Error with Node's code for an address that cannot be reached. */
function targetOf(address: string): string {
  const { host: parsed, port } = splitHostPort(address);
  const host = parsed === '' ? '127.0.0.1' : parsed; // an empty host is this machine, as in Go
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new Error('ERR_SOCKET_BAD_PORT');
  if (net.isIPv4(host)) return `ipv4:${host}:${port}`;
  if (net.isIPv6(host)) return `ipv6:[${host}]:${port}`;
  if (/[\s/?#@\\%:[\]]/.test(host)) throw new Error('ENOTFOUND'); // a URL would read more than a name from it
  return `dns:${host}:${port}`;
}

/** The zone of an IPv6 address (`fe80::1%eth0`) selects the interface and must not appear in the names that a request sends. */
function withoutZone(target: string): ChannelOptions {
  if (!target.includes('%')) return {};
  const name = target.replace(/%[^\]]*/, '');
  return { 'grpc.http_connect_target': name, 'grpc.default_authority': name.slice('ipv6:'.length) };
}
