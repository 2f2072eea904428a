// The check of an answer, byte by byte.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerCheck, headersFault, statusOf } from '../../src/rpc/message.ts';

/** Adds bytes one at a time: the number of bytes at which a fault was found, and its text. */
function faultAt(hex: string, limit: number): [at: number, text: string] | undefined {
  const check = new AnswerCheck(limit);
  const bytes = Buffer.from(hex, 'hex');
  for (let at = 0; at < bytes.length; at += 1) {
    const fault = check.add(bytes.subarray(at, at + 1));
    if (fault) return [at + 1, fault.text];
  }
  const fault = check.end();
  return fault && [bytes.length, fault.text];
}

test('an answer is rejected at the byte that proves it wrong', () => {
  assert.equal(faultAt('00000000020801', 2), undefined);
  assert.equal(faultAt('0000000000', 1), undefined);
  assert.deepEqual(faultAt('01ffffffff', 10), [1, 'the answer is compressed, but no compression was requested']);
  assert.equal(faultAt('000000000b08', 10)?.[0], 5);
  assert.deepEqual(faultAt('0000000002080100', 10), [8, 'the DM-master sent more than one answer']);
  assert.deepEqual(faultAt('000000000208', 10), [6, 'the answer is incomplete: 6 of 7 bytes arrived']);
  assert.deepEqual(faultAt('000000', 10), [3, 'the answer is incomplete']);
  assert.deepEqual(faultAt('', 10), [0, 'the DM-master sent a status but no answer']);
});

test('a status is a number and a UTF-8 text of limited length', () => {
  assert.deepEqual(statusOf({ 'grpc-status': '2', 'grpc-message': '%E4%BB%BB 100%25 %2C %zz' }), { code: 2, text: '任 100% , %zz' });
  assert.deepEqual(statusOf({ 'grpc-status': '14', 'grpc-message': Buffer.from('é').toString('latin1') }), { code: 14, text: 'é' });
  assert.equal(statusOf({}).code, 13);
  for (const status of ['', '-1', '1e3', 'NaN', ['1', '2'], '99999999999']) {
    assert.match(statusOf({ 'grpc-status': status }).text, /a status that is not a number/);
  }
  assert.equal(statusOf({ 'grpc-status': '2', 'grpc-message': 'x'.repeat(1e6) }).text.length, 16_384 + '… (1000000 characters)'.length);
  assert.ok(statusOf({ 'grpc-status': 'x'.repeat(1e6) }).text.length < 200);
});

test('a response that is not gRPC is reported with its HTTP status or its type', () => {
  assert.equal(headersFault({ ':status': 200, 'content-type': 'application/grpc+proto' }), undefined);
  assert.match(headersFault({ ':status': 200 })?.text ?? '', /^content-type "" instead of gRPC/);
  assert.equal(headersFault({ ':status': 404, 'content-type': 'application/grpc' })?.code, 12);
});
