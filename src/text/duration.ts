// Durations as Go writes them: 10m, 1h30m, 500ms, 1.5s.

import { goQuote } from './quote.ts';

const UNITS_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Go keeps nanoseconds in 63 bits. */
const MOST_NS = 2 ** 63;

/** The duration in milliseconds, above zero. Throws Error that says what is wrong. */
export function parseDuration(text: string): number {
  const invalid = (): Error => new Error(`time: invalid duration ${goQuote(text)}; write for example 10m, 1h30m or 500ms`);
  const body = text.replace(/^[+-]/, '');
  if (body === '') throw invalid();
  let ns = 0;
  if (body !== '0') {
    let rest = body;
    while (rest !== '') {
      const part = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
      if (!part) throw invalid();
      const [whole, number, unit] = part as unknown as [string, string, string];
      if (unit === '') throw new Error(`time: missing unit in duration ${goQuote(text)}; write for example 10m, 1h30m or 500ms`);
      const size = UNITS_NS[unit];
      if (size === undefined)
        throw new Error(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}; units are ns, us, ms, s, m, h`);
      ns += Number(number) * size;
      rest = rest.slice(whole.length);
    }
  }
  if (ns >= MOST_NS) throw invalid();
  if (text.startsWith('-') || ns === 0) throw new Error(`invalid time duration: ${text}`);
  return ns / 1e6;
}
