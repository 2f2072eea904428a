// gRPC statuses in the words of Go's client, so that what scripts look for stays: `rpc error: code = X desc = …`.

import { status } from '@grpc/grpc-js';

const NAMES: readonly string[] = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];

/** The line for a failed call. */
export function statusLine(code: number, description: string): string {
  return `rpc error: code = ${NAMES[code] ?? `Code(${code})`} desc = ${description}`;
}

/** The line for an error of the gRPC library; what the library itself says is told in our words. */
export function explain(error: { code: number; details: string }, address: string): string {
  const { code, details } = error;
  if (code === status.DEADLINE_EXCEEDED) return statusLine(code, ownDeadline(details) ? 'context deadline exceeded' : details);
  if (Number.isNaN(code)) return statusLine(status.INTERNAL, 'the DM-master answered with a gRPC status that is not a number');
  if (code === status.UNAVAILABLE) return statusLine(code, unreachable(details, address));
  return statusLine(code, details);
}

function ownDeadline(details: string): boolean {
  return details === '' || /^Deadline exceeded|^Waiting for LB pick|deadline/i.test(details);
}

const REASONS: readonly [RegExp, string][] = [
  [/ECONNREFUSED/, 'connection refused; is the DM-master running there?'],
  [/Name resolution failed|ENOTFOUND|EAI_AGAIN/, 'the host name cannot be resolved'],
  [/ETIMEDOUT|timed out/i, 'no answer in time'],
  [/EHOSTUNREACH|ENETUNREACH/, 'no way to that host'],
  [/ECONNRESET|EPIPE|Connection dropped|Stream closed|socket hang up|GOAWAY|RST_STREAM/i, 'the connection broke'],
];

/** Says why the master cannot be reached; a text that the server itself sent stays as it is. */
function unreachable(details: string, address: string): string {
  const library = /^No connection established|^Name resolution failed|^Connection dropped|^Received RST_STREAM|^Stream closed/.test(
    details,
  );
  if (!library) return details;
  const known = REASONS.find(([pattern]) => pattern.test(details));
  if (!known) return `cannot reach the DM-master at ${address}: ${details}`;
  const broke = known[1] === 'the connection broke';
  return broke ? `the connection to the DM-master at ${address} broke` : `cannot reach the DM-master at ${address}: ${known[1]}`;
}
