// What a YAML scalar without quotes means to DM, which reads YAML 1.1: `no` is a boolean and `010` is 8.

import type { Resolved } from './document.ts';

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ][\d:.]+(?: ?(?:Z|[-+][\d:]+))?)?$/;
const INT = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** Resolves a scalar without quotes. */
export function resolvePlain(text: string): Resolved {
  if (NULLS.has(text)) return { type: 'null' };
  if (TRUE.has(text)) return { type: 'bool', value: true };
  if (FALSE.has(text)) return { type: 'bool', value: false };
  if (!/^[-+.\d]/.test(text)) return { type: 'text' };
  if (TIMESTAMP.test(text)) return { type: 'timestamp' };
  if (INFINITY.test(text)) return { type: 'float', value: text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  if (NOT_A_NUMBER.test(text)) return { type: 'float', value: Number.NaN };
  const digits = text.replaceAll('_', '');
  const int = INT.exec(digits);
  if (int) return { type: 'int', value: intOf(int) };
  return FLOAT.test(digits) ? { type: 'float', value: Number(digits) } : { type: 'text' };
}

function intOf([, sign, hex, binary, octal, decimal]: RegExpExecArray): bigint {
  const size = BigInt(hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal as string));
  return sign === '-' ? -size : size;
}

/** Whether a number is written in a way that is easily misread: octal, hexadecimal, with `_`, with a fraction. */
export function isUnusualNumber(text: string): boolean {
  return !/^[-+]?(?:0|[1-9]\d*)$/.test(text);
}

/** Resolves a scalar with an explicit tag, such as `!!int "4"`. */
export function resolveTagged(tag: string, text: string): Resolved | undefined {
  const short = tag.replace(/^tag:yaml\.org,2002:/, '!!');
  if (short === '!!str' || short === '!!binary') return { type: 'text' };
  if (['!!int', '!!float', '!!bool', '!!null'].includes(short)) return resolvePlain(text);
  return undefined;
}
