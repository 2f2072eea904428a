// Durations as Go writes them: 10m, 1h30m, 500ms, 1.5s.

import { goQuote } from './quote.ts';

/** Nanoseconds of each unit of Go's time.ParseDuration. */
const UNITS_NS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

/** Go stores nanoseconds in 63 bits: 292 years. */
const MAX_NS = 2 ** 63;

/** A number with its unit. The unit is everything up to the next number. */
const PART = /(\d+\.?\d*|\.\d+)([^\d.]*)/y;

/**
 * The duration in milliseconds, above zero, possibly a fraction. Accepts what Go's time.ParseDuration accepts. Throws Error
 * that describes the problem.
 */
export function parseDuration(text: string): number {
  const invalid = (): Error => new Error(`time: invalid duration ${goQuote(text)}. Use for example 10m, 1h30m or 500ms`);
  const start = /^[+-]/.test(text) ? 1 : 0;
  if (text.length === start) throw invalid();
  let ns = 0;
  const isZero = text.length === start + 1 && text[start] === '0';
  PART.lastIndex = start;
  while (!isZero && PART.lastIndex < text.length) {
    const [, number, unit = ''] = PART.exec(text) ?? [];
    if (number === undefined) throw invalid();
    if (unit === '') throw new Error(`time: missing unit in duration ${goQuote(text)}. Use for example 10m, 1h30m or 500ms`);
    const size = UNITS_NS.get(unit);
    if (size === undefined) throw new Error(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}. Use ns, us, ms, s, m or h`);
    ns += Number(number) * size;
  }
  if (ns >= MAX_NS) throw invalid();
  if (text.startsWith('-') || ns === 0) throw new Error(`invalid time duration: ${text}`);
  return ns / 1e6;
}
