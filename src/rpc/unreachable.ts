// Why a master cannot be reached, in words that say what to look at.

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused; is the DM-master running there?',
  ENOTFOUND: 'the host name cannot be resolved',
  EAI_AGAIN: 'the host name cannot be resolved now',
  ETIMEDOUT: 'no answer to the connection',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no way to that network',
  EADDRNOTAVAIL: 'the address cannot be connected to; is the port missing?',
  ERR_SOCKET_BAD_PORT: 'the port is missing or not a port',
  ERR_HTTP2_ERROR: 'what answers there does not speak gRPC; is it a DM-master?',
};

/** The description for a connection that could not be made, or that broke in the middle of a call. */
export function unreachable(error: Error | undefined, address: string): string {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = REASONS[code ?? ''];
  if (reason) return `cannot reach the DM-master at ${address}: ${reason}`;
  const broke =
    !error || ['ECONNRESET', 'EPIPE', 'ERR_HTTP2_SESSION_ERROR', 'ERR_HTTP2_STREAM_CANCEL', 'ERR_HTTP2_STREAM_ERROR'].includes(code ?? '');
  return broke ? `the connection to the DM-master at ${address} broke` : `cannot reach the DM-master at ${address}: ${message}`;
}
