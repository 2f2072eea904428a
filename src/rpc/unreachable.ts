// Explains why a master cannot be reached and what to check.

/** Texts of Node and grpc-js, and what they mean. */
const REASONS: readonly (readonly [found: RegExp, reason: string])[] = [
  [/ECONNREFUSED/, 'connection refused. Is the DM-master running there?'],
  [/EAI_AGAIN/, 'the host name cannot be resolved at the moment'],
  [/ENOTFOUND|Name resolution failed|Failed to parse/, 'the host name cannot be resolved'],
  [/ETIMEDOUT/, 'the connection attempt timed out'],
  [/EHOSTUNREACH/, 'the host is unreachable'],
  [/ENETUNREACH/, 'the network is unreachable'],
  [/EADDRNOTAVAIL/, 'the address cannot be used for a connection. Is the port missing?'],
  [/ERR_SOCKET_BAD_PORT/, 'the port is missing or invalid'],
  [/Protocol error/, 'the server at this address does not use gRPC. Is it a DM-master?'],
];

/** The connection was established and closed before any data. */
const CLOSED = /ECONNRESET|EPIPE|Failed to connect|Socket closed|Connection closed/;

/** What a text of Node or grpc-js means; undefined if it is not known. */
export function reasonOf(details: string): string | undefined {
  return REASONS.find(([found]) => found.test(details))?.[1];
}

/** The description of a failed connection, from grpc-js's text. */
export function unreachable(details: string, address: string): string {
  const reason = reasonOf(details);
  if (!reason && CLOSED.test(details)) return broken(address);
  return `cannot reach the DM-master at ${address}: ${reason ?? lastError(details)}`;
}

/** The description of a connection that ended in the middle of a call. */
export function broken(address: string): string {
  return `the connection to the DM-master at ${address} was lost`;
}

/** The cause in `No connection established. Last error: CAUSE. Resolution note: `, without the time at its end. */
function lastError(details: string): string {
  const cause = /Last error: (?:Error: )?(.*?)\. Resolution note:/s.exec(details)?.[1] ?? details;
  return cause.replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/, '');
}
