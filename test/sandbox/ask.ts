// Asks the machine through the wire's encoding, as the server does, so that an answer that cannot be encoded fails a test.

import type { MethodName } from '../../src/sandbox/v1/machine.ts';
import { respond } from '../../src/sandbox/v1/server.ts';
import type { State } from '../../src/sandbox/v1/state.ts';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { type Methods, schema } from '../../src/wire/generated/v1.ts';
import { messageType } from '../../src/wire/schema.ts';

/** The answer with all its fields. */
export function ask<M extends MethodName>(
  state: State,
  method: M,
  request: Methods[M]['request'],
  now: number,
): Methods[M]['response'] & Record<string, unknown> {
  const types = schema.methods[method] as { request: string; response: string };
  const bytes = respond(state, method, encode(messageType(schema, types.request), request), now);
  return decode(messageType(schema, types.response), bytes) as Methods[M]['response'] & Record<string, unknown>;
}
