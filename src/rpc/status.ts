// gRPC statuses in the words of Go's client, so that what scripts look for stays: `rpc error: code = X desc = …`.

import { RpcError } from '../core/errors.ts';

export const CODE = {
  ok: 0,
  canceled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

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

/** What is wrong with a call: a gRPC code and what to say about it. */
export interface Fault {
  readonly code: number;
  readonly text: string;
}

/** The error of a call: the code by name, and what is said about it. */
export function rpcError(code: number, description: string): RpcError {
  return new RpcError(code, `rpc error: code = ${NAMES[code] ?? `Code(${code})`} desc = ${description}`);
}

/** The code that gRPC gives to an HTTP status of a server, or of something between, that is no gRPC answer. */
export function codeOfHttpStatus(status: number): number {
  if (status === 400) return CODE.internal;
  if (status === 401) return CODE.unauthenticated;
  if (status === 403) return CODE.permissionDenied;
  if (status === 404) return CODE.unimplemented;
  return [429, 502, 503, 504].includes(status) ? CODE.unavailable : CODE.unknown;
}

const RESETS: Readonly<Record<number, readonly [name: string, code: number]>> = {
  0: ['NO_ERROR', CODE.internal],
  1: ['PROTOCOL_ERROR', CODE.internal],
  2: ['INTERNAL_ERROR', CODE.internal],
  3: ['FLOW_CONTROL_ERROR', CODE.internal],
  5: ['STREAM_CLOSED', CODE.unknown],
  6: ['FRAME_SIZE_ERROR', CODE.internal],
  7: ['REFUSED_STREAM', CODE.unavailable],
  8: ['CANCEL', CODE.canceled],
  9: ['COMPRESSION_ERROR', CODE.internal],
  11: ['ENHANCE_YOUR_CALM', CODE.resourceExhausted],
  12: ['INADEQUATE_SECURITY', CODE.permissionDenied],
};

/** What is wrong with a call that the server ended with an HTTP/2 error code. */
export function resetFault(http2Code: number): Fault {
  const [name, code] = RESETS[http2Code] ?? [String(http2Code), CODE.internal];
  return { code, text: `the DM-master reset the call (HTTP/2 ${name})` };
}
