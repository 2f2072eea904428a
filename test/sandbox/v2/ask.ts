// Asks the machine through the wire's encoding, as the server does, so that an answer that cannot be encoded fails a test.

import type { MethodName } from '../../../src/sandbox/v2/machine.ts';
import { respond } from '../../../src/sandbox/v2/server.ts';
import type { State } from '../../../src/sandbox/v2/state.ts';
import { decode } from '../../../src/wire/decode.ts';
import { encode } from '../../../src/wire/encode.ts';
import { type Methods, schema } from '../../../src/wire/generated/v2.ts';
import { messageType, schemaAt } from '../../../src/wire/schema.ts';

/** The answer with all the fields of its release. */
export function ask<M extends MethodName>(
  state: State,
  method: M,
  request: Methods[M]['request'],
  now: number,
  at?: string,
): Methods[M]['response'] & Record<string, unknown> {
  const types = schemaAt(schema, state.has);
  const names = types.methods[method] as { request: string; response: string };
  const bytes = respond(state, method, encode(messageType(types, names.request), request), now, at);
  return decode(messageType(types, names.response), bytes) as Methods[M]['response'] & Record<string, unknown>;
}
