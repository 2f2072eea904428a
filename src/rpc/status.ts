// gRPC statuses with the texts of Go's client, because scripts look for `rpc error: code = X desc = …`.

import { RpcError } from '../command/errors.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';

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

/** What failed in a call: a gRPC code and a description. */
export interface Fault {
  readonly code: number;
  readonly text: string;
}

/** The error of a call, with the name of the code and the description. */
export function rpcError(code: number, description: string): RpcError {
  return new RpcError(code, `rpc error: code = ${NAMES[code] ?? `Code(${code})`} desc = ${description}`);
}

/** The gRPC code for the HTTP status of a response that is not gRPC, from a server or a proxy. */
export function codeOfHttpStatus(status: number): number {
  if (status === 400) return GRPC_CODE.internal;
  if (status === 401) return GRPC_CODE.unauthenticated;
  if (status === 403) return GRPC_CODE.permissionDenied;
  if (status === 404) return GRPC_CODE.unimplemented;
  return [429, 502, 503, 504].includes(status) ? GRPC_CODE.unavailable : GRPC_CODE.unknown;
}

const RESETS: Readonly<Record<number, readonly [name: string, code: number]>> = {
  0: ['NO_ERROR', GRPC_CODE.internal],
  1: ['PROTOCOL_ERROR', GRPC_CODE.internal],
  2: ['INTERNAL_ERROR', GRPC_CODE.internal],
  3: ['FLOW_CONTROL_ERROR', GRPC_CODE.internal],
  5: ['STREAM_CLOSED', GRPC_CODE.unknown],
  6: ['FRAME_SIZE_ERROR', GRPC_CODE.internal],
  7: ['REFUSED_STREAM', GRPC_CODE.unavailable],
  8: ['CANCEL', GRPC_CODE.canceled],
  9: ['COMPRESSION_ERROR', GRPC_CODE.internal],
  11: ['ENHANCE_YOUR_CALM', GRPC_CODE.resourceExhausted],
  12: ['INADEQUATE_SECURITY', GRPC_CODE.permissionDenied],
};

/** The status of a call that the server ended with an HTTP/2 error code. */
export function resetFault(http2Code: number): Fault {
  const [name, code] = RESETS[http2Code] ?? [String(http2Code), GRPC_CODE.internal];
  return { code, text: `the DM-master reset the call (HTTP/2 ${name})` };
}
