// Bytes that are not UTF-8, in lines and arguments.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badByteOf, decodeMarked, hasBadBytes, MarkingDecoder, markArguments, withReplacements } from '../../src/text/bad-bytes.ts';

const BYTES = Buffer.from('a任👍\xe4\xb8\xff\xed\xa0\x80', 'latin1');
const valid = Buffer.from('任👍\ufffd');

test('each bad byte is marked and reported, and valid text stays, including a real U+FFFD', () => {
  const text = decodeMarked(Buffer.concat([valid, Buffer.from('\xe4\xb8\xff', 'latin1')]));
  assert.equal(text, '任👍\ufffd\udce4\udcb8\udcff');
  assert.deepEqual(badByteOf(text), { what: 'the byte 0xE4, which is not UTF-8', column: 4 });
  assert.equal(withReplacements(text), '任👍\ufffd\ufffd\ufffd\ufffd');
  assert.equal(decodeMarked(valid), '任👍\ufffd');
  assert.equal(hasBadBytes('任👍\ufffd'), false);
  assert.equal(badByteOf('任👍\ufffd'), undefined);
});

test('bytes that arrive one by one are decoded like all at once', () => {
  for (const bytes of [valid, BYTES, Buffer.from('\xc0\xf5a\xf0\x9f', 'latin1')]) {
    const decoder = new MarkingDecoder();
    const text = [...bytes].map((byte) => decoder.write(Buffer.of(byte))).join('');
    assert.equal(text + decoder.write(Buffer.from('.')), decodeMarked(Buffer.concat([bytes, Buffer.from('.')])));
  }
});

test('arguments: the bytes decide, and if the system does not show them, U+FFFD is rejected', () => {
  const never = (): never => assert.fail('nobody has to ask');
  assert.deepEqual(markArguments(['a', '任'], never), ['a', '任']);
  const bytes = [Buffer.from('a\ufffd'), Buffer.from('b\xff', 'latin1')];
  assert.deepEqual(
    markArguments(['a\ufffd', 'b\ufffd'], () => bytes),
    ['a\ufffd', 'b\udcff'],
  );
  const doubtful = markArguments(['a\ufffd'], () => undefined);
  assert.deepEqual(badByteOf(doubtful[0] as string), { what: 'U+FFFD, which may replace bytes that are not UTF-8', column: 2 });
  assert.deepEqual(badByteOf('a\ud83d'), { what: 'half a character (U+D83D)', column: 2 });
});
