// The text of a failed pre-check is printed raw inside the JSON, as the original does, so that people can read it.

import { locate } from '../../wire/scan.ts';
import type { MessageType } from '../../wire/schema.ts';
import type { Raw } from './protojson.ts';

const MARK = 'fail to check synchronization configuration with type';
const DETAIL = 'detail: {';

/** What to put in raw for the answer's `msg` or, since DM 6.0, `checkResult`; undefined if neither reports a failed pre-check. */
export function checkText(type: MessageType, bytes: Buffer): Raw | undefined {
  const slots = locate(type, bytes, [0, bytes.length]);
  for (const field of type.fields.filter((f) => f.name === 'checkResult' || f.name === 'msg').reverse()) {
    const slot = slots[field.index];
    if (!Array.isArray(slot)) continue;
    const text = bytes.subarray(slot[0], slot[1]);
    if (!text.includes(MARK)) continue;
    const at = text.indexOf(DETAIL);
    const shown = at < 0 ? text : Buffer.concat([text.subarray(0, at), Buffer.from('   \t'), text.subarray(at)]);
    return { field: field.name, bytes: shown };
  }
  return undefined;
}
