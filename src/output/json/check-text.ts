// The text of a failed pre-check is printed raw inside the JSON, as the original does, so that people can read it.

import { locate } from '../../wire/scan.ts';
import type { MessageType } from '../../wire/schema.ts';
import type { Raw } from './protojson.ts';

const MARK = 'fail to check synchronization configuration with type';
const DETAIL = 'detail: {';
/** What the original puts before the detail. */
const INDENT = '   \t';

/** What to put in raw for the answer's `checkResult` or, if it has no such field, `msg`; undefined if that reports no failed pre-check. */
export function checkText(type: MessageType, bytes: Buffer): Raw | undefined {
  const field = type.fields.find((f) => f.name === 'checkResult' && !f.newer) ?? type.fields.find((f) => f.name === 'msg');
  const slot = field && locate(type, bytes, [0, bytes.length])[field.index];
  if (!field || !Array.isArray(slot)) return undefined;
  const text = bytes.subarray(slot[0], slot[1]);
  return text.includes(MARK) ? { field: field.name, bytes: text } : undefined;
}

/** Indents the first detail in the whole text of the answer, at any place, as the original does. */
export function indentDetail(json: Buffer): Buffer {
  const at = json.indexOf(DETAIL);
  return at < 0 ? json : Buffer.concat([json.subarray(0, at), Buffer.from(INDENT), json.subarray(at)]);
}
