// Explains why a master cannot be reached and what to check.

/** Texts of Node and grpc-js, and what they mean. */
const REASONS: readonly (readonly [found: RegExp, reason: string])[] = [
  [/ECONNREFUSED/, 'connection refused; is the DM-master running there?'],
  [/EAI_AGAIN/, 'the host name cannot be resolved now'],
  [/ENOTFOUND|Name resolution failed|Failed to parse/, 'the host name cannot be resolved'],
  [/ETIMEDOUT/, 'no answer to the connection'],
  [/EHOSTUNREACH/, 'no way to that host'],
  [/ENETUNREACH/, 'no way to that network'],
  [/EADDRNOTAVAIL/, 'the address cannot be connected to; is the port missing?'],
  [/ERR_SOCKET_BAD_PORT/, 'the port is missing or not a port'],
  [/Protocol error/, 'what answers there does not speak gRPC; is it a DM-master?'],
];

/** The connection was established and closed before any data. */
const CLOSED = /ECONNRESET|EPIPE|Failed to connect|Socket closed|Connection closed/;

/** The description of a failed connection, from grpc-js's text. */
export function unreachable(details: string, address: string): string {
  const reason = REASONS.find(([found]) => found.test(details))?.[1];
  if (!reason && CLOSED.test(details)) return broken(address);
  return `cannot reach the DM-master at ${address}: ${reason ?? lastError(details)}`;
}

/** The description of a connection that ended in the middle of a call. */
export function broken(address: string): string {
  return `the connection to the DM-master at ${address} broke`;
}

/** The cause in `No connection established. Last error: CAUSE. Resolution note: `, without the time at its end. */
function lastError(details: string): string {
  const cause = /Last error: (?:Error: )?(.*?)\. Resolution note:/s.exec(details)?.[1] ?? details;
  return cause.replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/, '');
}
