// Random texts through the readers of values, files and errors, and through the functions that make texts safe for a terminal.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StartError } from '../../src/command/errors.ts';
import { readConfigFile } from '../../src/config/file.ts';
import { positionGap, readPosition } from '../../src/domain/binlog-position.ts';
import { readDmError } from '../../src/domain/dm-error.ts';
import { readSql, sqlDoubt, sqlRefusal } from '../../src/sql/read.ts';
import { checkAddress, splitHostPort } from '../../src/text/address.ts';
import { decodeMarked } from '../../src/text/bad-bytes.ts';
import { parseDuration } from '../../src/text/duration.ts';
import { globMatcher } from '../../src/text/glob.ts';
import { withoutPasswords } from '../../src/text/passwords.ts';
import { goQuote } from '../../src/text/quote.ts';
import { regexpProblem } from '../../src/text/regexp.ts';
import { forTerminal, inOneLine } from '../../src/text/sanitize.ts';
import { byteSize, parseSize } from '../../src/text/size.ts';
import { truncate, width, wrapText } from '../../src/text/width.ts';
import { assertSafe, fuzz, mayThrow } from './fuzz.ts';
import { texts, wellFormed } from './texts.ts';

const anyTexts = texts();

fuzz('a text that is made safe steers no terminal', [anyTexts], (text) => {
  assertSafe(forTerminal(text), /[\n\t]/g);
  assertSafe(inOneLine(text), /(?!)/g);
  assertSafe(goQuote(text), /(?!)/g);
});

fuzz('a text is cut and wrapped to fit', [wellFormed(['a', ' ', '用', '😀']), fc.integer({ min: 2, max: 100 })], (text, cells) => {
  const line = inOneLine(text);
  assert.ok(width(truncate(line, cells)) <= cells);
  for (const row of wrapText(line, cells)) assert.ok(width(row) <= cells, row);
});

const DURATIONS = ['1', '.5', 'h', 'm', 's', 'ms', 'us', 'µs', 'ns', '-', '+', '1h30m'];

fuzz('a duration is a number of milliseconds above zero, or is refused', [texts(DURATIONS, 6), fc.integer({ min: 1 })], (text, n) => {
  const ms = mayThrow([Error], () => parseDuration(text));
  if (ms !== undefined) assert.ok(ms > 0 && Number.isFinite(ms), String(ms));
  assert.equal(parseDuration(`${n}ms`), n);
});

fuzz(
  'a size is read as it was written, or is refused',
  [texts(['1', '0', 'KiB', 'MiB', 'GiB', 'B'], 6), fc.integer({ min: 1 })],
  (text, n) => {
    const size = mayThrow([Error], () => parseSize(text));
    if (size !== undefined) assert.ok(size > 0);
    assert.equal(parseSize(byteSize(n)), n);
  },
);

const hosts = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
const ADDRESS = ['127.0.0.1', ':', '8261', '[::1]', 'host', '@', '?', '/', '#', '%lo'];

fuzz(
  'an address is a host and a port, or is refused',
  [texts(ADDRESS, 6), hosts, fc.integer({ min: 1, max: 65535 })],
  (text, host, port) => {
    mayThrow([Error], () => checkAddress(text));
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    checkAddress(address);
    assert.deepEqual(splitHostPort(address), { host, port: String(port) });
  },
);

const TOML = [
  'master-addr',
  'read-only',
  ' = ',
  '"',
  "'''",
  'true',
  '\n',
  '[profiles.',
  'a',
  ']',
  '[[',
  '{',
  '1979-05-27',
  '\\u0000',
  'profile',
];
const readConfig = (text: string): Promise<unknown> => readConfigFile({ readFile: async () => Buffer.from(text) }, 'config.toml');

fuzz('a configuration file is read, or refused', [texts(TOML), wellFormed()], async (text, value) => {
  await readConfig(text).catch((error) =>
    mayThrow([StartError], () => {
      throw error;
    }),
  );
  const line = `read-only = true\nunknown = ${JSON.stringify(value).replaceAll('\u007f', '\\u007f')}\n`;
  const { settings, unknown } = (await readConfig(line)) as { settings: Record<string, string>; unknown: string[] };
  assert.deepEqual([settings['read-only'], unknown], ['true', ['unknown']]);
});

const ERRORS = [
  '[code=',
  '10006',
  ':class=database',
  ':scope=downstream',
  ':level=high',
  ']',
  ': ',
  ', ',
  'raw cause: ',
  '\\n',
  'Error 1062: ',
  '\n\t',
  '.go:12',
  'detail: {',
];

fuzz('an error of DM is read, whatever it says', [texts(ERRORS)], (text) => {
  const { what, causes } = readDmError(text);
  assert.deepEqual([typeof what, Array.isArray(causes)], ['string', true]);
});

const POSITIONS = ['(', ')', 'mysql-bin', '|', '000001', '.', ', ', ':', '4000'];
const places = fc.integer({ min: 0, max: 2 ** 32 });

fuzz('a position is read as it was written', [texts(POSITIONS, 9), texts(POSITIONS, 9), places, places], (text, other, file, offset) => {
  readPosition(text);
  const gap = positionGap(text, other);
  if (gap) assert.ok(gap.files >= 0 && gap.bytes >= 0);
  for (const name of ['mysql-bin', 'mysql-bin|000001']) {
    assert.deepEqual(readPosition(`(${name}.${file}, ${offset})`), { base: 'mysql-bin', file, offset });
  }
});

const SQL = [
  'ALTER TABLE ',
  'CREATE TABLE ',
  'DROP ',
  'INSERT INTO ',
  'UPDATE ',
  '`a`',
  ' (',
  ')',
  ', ',
  ';',
  ' INT',
  " '",
  '/*',
  '*/',
  '/*!40101 ',
  '-- ',
  '#',
  '\n',
  ' PARTITION BY ',
  ' DEFAULT ',
  '@a',
  '0x',
  "x'",
];

fuzz('SQL is read, or refused with a reason', [texts(SQL, 40), fc.constantFrom('replace', 'inject')], (text, purpose) => {
  const reading = readSql(text, purpose);
  if (!reading.ok) {
    assert.notEqual(sqlRefusal(reading, purpose), '');
    return;
  }
  for (const doubt of reading.doubts) assert.notEqual(sqlDoubt(doubt), '');
  let from = 0;
  for (const piece of reading.pieces) {
    const at = text.indexOf(piece.replace(/;$/, ''), from);
    assert.ok(at >= 0, `${JSON.stringify(piece)} is not a part of the text, in its order`);
    from = at + piece.length - 1;
  }
});

const literal = wellFormed().map((text) => text.replaceAll(/[*?]/g, ''));

fuzz('a pattern matches what it means', [literal, literal, texts(['*', '?', 'a'])], (start, end, pattern) => {
  assert.ok(globMatcher(`${start}*${end}`)(`${start}anything${end}`));
  assert.ok(globMatcher(`${start}?${end}`)(`${start}用${end}`));
  assert.equal(globMatcher(start)(`${start}x`), false);
  globMatcher(pattern)(start + end);
});

const TASK = ['password: ', '"', "'", '\n', '  ', 'user: root', '#', '|', '>', '- ', '{', '}', ':', 'Password = '];

fuzz('a file is shown without its passwords', [texts(TASK)], (text) => {
  withoutPasswords(text);
  const secret = `Zz${text.replaceAll(/[^a-z0-9]/gi, '')}`;
  assert.doesNotMatch(withoutPasswords(`target-database:\n  password: "${secret}"\n  port: 1\n`), new RegExp(secret));
});

fuzz(
  'a regular expression is taken, or refused with a reason',
  [texts(['(', ')', '[', ']', '*', '+', '?', '{1000}', '\\p{L}', '(?i)', '|', '\\'])],
  (text) => {
    assert.notEqual(regexpProblem(text), '');
  },
);

fuzz('bytes are text, in which bad bytes can be told', [fc.uint8Array({ maxLength: 60 }), wellFormed()], (bytes, text) => {
  decodeMarked(Buffer.from(bytes));
  assert.equal(decodeMarked(Buffer.from(text)), text);
});
