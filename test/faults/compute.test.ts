// Synchronous work is stopped by Ctrl-C and at its limit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compute, Stopped } from '../../src/platform/compute.ts';

function forever(): never {
  for (;;);
}

test('Ctrl-C stops work in the middle', () => {
  const work = (): never => {
    process.kill(process.pid, 'SIGINT');
    return forever();
  };
  assert.throws(
    () => compute(work, undefined),
    (error) => error instanceof Stopped && error.bySignal,
  );
});

test('the limit stops work in the middle, also work within other work', () => {
  const late = (error: unknown): boolean => error instanceof Stopped && !error.bySignal;
  assert.throws(() => compute(forever, 1), late);
  assert.throws(() => compute(() => compute(forever, 1), undefined), late);
  assert.throws(() => compute(() => 1, 0), late);
});

test('the results and errors of the work are passed on', () => {
  assert.equal(
    compute(() => compute(() => 1, 60_000) + 1, undefined),
    2,
  );
  const own = new RangeError('its own');
  assert.throws(
    () =>
      compute(() => {
        throw own;
      }, 60_000),
    own,
  );
});
