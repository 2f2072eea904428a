// The text of a failed pre-check is printed raw inside the JSON, as the original does, so that people can read it.

import { locate } from '../../wire/scan.ts';
import type { MessageType } from '../../wire/schema.ts';
import type { Raw } from './protojson.ts';

const MARK = 'fail to check synchronization configuration with type';
const DETAIL = 'detail: {';

/** The raw text for the answer's `msg`; undefined if it does not report a failed pre-check. */
export function checkText(type: MessageType, bytes: Buffer): Raw | undefined {
  const field = type.fields.find((f) => f.name === 'msg');
  const slot = field && locate(type, bytes, [0, bytes.length])[field.index];
  if (!Array.isArray(slot)) return undefined;
  const text = bytes.subarray(slot[0], slot[1]);
  if (!text.includes(MARK)) return undefined;
  const at = text.indexOf(DETAIL);
  const shown = at < 0 ? text : Buffer.concat([text.subarray(0, at), Buffer.from('   \t'), text.subarray(at)]);
  return { field: 'msg', bytes: shown };
}
