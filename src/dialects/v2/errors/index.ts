// The errors of DM 2.0 and later, loaded when one is explained.

import type { AdviceOf, CodeEntry, CodeRange, ErrorCatalog } from '../../../domain/error-catalog.ts';
import { CODES, RANGES } from './codes.ts';

const BY_CODE: ReadonlyMap<number, CodeEntry> = new Map(CODES.map((entry) => [entry.code, entry]));

const rangeOf = (code: number | undefined, className?: string): CodeRange | undefined =>
  RANGES.find((r) => code !== undefined && code >= r.from && code <= r.to) ??
  RANGES.find((r) => className && r.classes.includes(className));

const adviceOf: AdviceOf = ({ code, class: className }) => {
  const entry = code === undefined ? undefined : BY_CODE.get(code);
  if (entry) return { of: 'code', title: entry.title, next: entry.next, commands: entry.commands ?? [] };
  const range = rangeOf(code, className);
  return range && { of: 'range', title: range.title, next: range.next, commands: [] };
};

export const errorCatalog: ErrorCatalog = { codes: CODES, ranges: RANGES, entryOf: (code) => BY_CODE.get(code), rangeOf, adviceOf };
