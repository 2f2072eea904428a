// The text that a command prints for its answer.

import type { CompatOutput } from '../../command/spec.ts';
import { decode } from '../../wire/decode.ts';
import { verify } from '../../wire/scan.ts';
import type { MessageType } from '../../wire/schema.ts';
import { checkText, indentDetail } from './check-text.ts';
import { goJson } from './go-json.ts';
import { type Part, protoJson, protoParts } from './protojson.ts';

/** The text in chunks. Throws WireError before the first chunk if the bytes are not the message. */
export function* printAnswer(printing: CompatOutput, type: MessageType, bytes: Buffer): Generator<string | Buffer> {
  if (printing.as === 'value') {
    const value = printing.value(decode(type, bytes) as never);
    if (value !== undefined) {
      yield goJson(value);
      return;
    }
  }
  if (printing.as === 'check') {
    verify(type, bytes);
    const raw = checkText(type, bytes);
    if (raw) yield indentDetail(Buffer.concat([...protoJson(type, bytes, raw)]));
    else yield* protoJson(type, bytes);
  } else yield* protoJson(type, bytes);
}

/** The parts of the value of the JSON text; undefined if that is not the answer itself. Throws WireError. */
export function answerParts(printing: CompatOutput, type: MessageType, bytes: Buffer): (() => Iterable<Part>) | undefined {
  return printing.as === 'value' ? undefined : () => protoParts(type, bytes);
}
