// Random texts: of pieces with a meaning for a parser, of special characters, and of any others.

import fc from 'fast-check';

const ODD = [
  ...[...'\0\t\n\r\v\f\u001b\u0007\u007f\u0085\u009b\u00a0\u061c\u200b\u200e\u2028\u2029\u202e\u2066\u3000\ufeff\ufffd'],
  ...[...'\'"`\\/*#;:,.|<>()[]{}$%&=-_?!~^@+ 0123456789abcxyzABC用'],
  '😀',
  '👨‍👩‍👧',
  'e\u0301',
  'ſ',
  'İ',
  '\r\n',
  '\u001b]0;title\u0007',
  '\u001b[2J',
  '__proto__',
  'constructor',
  '99999999999999999999',
  '-1',
];

/** A lone surrogate, which marks a byte that was not UTF-8. */
const MARKS = ['\ud800', '\udc80', '\udfff'];

const any = fc.string({ unit: 'binary', maxLength: 6 });

function joined(piece: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  const repeated = fc.tuple(piece, fc.nat(400)).map(([text, times]) => text.repeat(times));
  const part = fc.oneof({ weight: 20, arbitrary: piece }, { weight: 1, arbitrary: repeated });
  return fc.array(part, { maxLength, size: 'max' }).map((parts) => parts.join(''));
}

/** Texts without lone surrogates. `pieces` are tokens of the parser. */
export function wellFormed(pieces: readonly string[] = [], maxLength = 24): fc.Arbitrary<string> {
  const odd = fc.constantFrom(...ODD);
  const known = pieces.length > 0 ? fc.constantFrom(...pieces) : odd;
  return joined(fc.oneof({ weight: 3, arbitrary: known }, { weight: 2, arbitrary: odd }, { weight: 1, arbitrary: any }), maxLength);
}

/** Texts of a keyboard or a pipe, with marks of bytes that were not UTF-8. */
export function texts(pieces: readonly string[] = [], maxLength = 24): fc.Arbitrary<string> {
  const marked = fc.tuple(wellFormed(pieces, maxLength), fc.constantFrom(...MARKS), fc.nat(100)).map(([text, mark, at]) => {
    return text.slice(0, at) + mark + text.slice(at);
  });
  return fc.oneof({ weight: 9, arbitrary: wellFormed(pieces, maxLength) }, { weight: 1, arbitrary: marked });
}
