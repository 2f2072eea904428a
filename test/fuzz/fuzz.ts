// A fuzz test: random inputs, a check of each, and a guard against calls that never end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';

const RUNS = Number(process.env.FUZZ_RUNS ?? 25);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** The maximum milliseconds of one call. Only a call that hangs takes that long, even on a busy machine. */
const HANG_MS = 10_000;
/** The maximum length of an input in the report of a call that hangs. */
const TOLD_BYTES = 1 << 16;

/** A thread that ends the process if a call hangs, because the hanging thread cannot. Places: call number, length of the text. */
const shared = new SharedArrayBuffer(8 + TOLD_BYTES);
const [call, length] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
const told = Buffer.from(shared, 8);
let calls = 0;

const WATCHDOG = `
const { workerData: { shared, limit, seed } } = require('node:worker_threads');
const [call, length] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
let last = 0;
let since = performance.now();
setInterval(() => {
  const now = Atomics.load(call, 0);
  if (now === 0 || now !== last) {
    last = now;
    since = performance.now();
  } else if (performance.now() - since > limit) {
    const text = Buffer.from(Buffer.from(shared, 8, length[0])).toString();
    require('node:fs').writeSync(2, 'a call did not end within ' + limit / 1000 + ' s, with seed ' + seed + ': ' + text + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 250);
`;
new Worker(WATCHDOG, { eval: true, workerData: { shared, limit: HANG_MS, seed: SEED } }).unref();

function begin(name: string, input: readonly unknown[]): void {
  length[0] = told.write(`${name}: ${fc.stringify(input).slice(0, TOLD_BYTES)}`);
  calls += 1;
  Atomics.store(call, 0, calls);
}

const end = (): number => Atomics.store(call, 0, 0);

/** A test of random inputs. The check throws if an input fails. */
export function fuzz<Inputs extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof Inputs]: fc.Arbitrary<Inputs[K]> },
  check: (...inputs: Inputs) => void | Promise<void>,
): void {
  const property = fc.asyncProperty(...(arbitraries as [fc.Arbitrary<Inputs[0]>]), async (...inputs) => {
    begin(name, inputs);
    try {
      await check(...(inputs as unknown as Inputs));
    } finally {
      end();
    }
  });
  test(name, { timeout: 2 ** 31 - 1 }, () => fc.assert(property, { seed: SEED, numRuns: RUNS }));
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Runs the work, which may throw errors of these types and no other. `Error` excludes its subclasses: a TypeError is a mistake
 * of the program.
 * @returns the result of the work; undefined if it throws
 */
export function mayThrow<T>(types: readonly ErrorClass[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const declared = types.some((type) => (type === Error ? (error as Error)?.constructor === Error : error instanceof type));
    if (!declared) throw error;
    assert.notEqual((error as Error).message, '', 'an error says what is wrong');
    return undefined;
  }
}

/** Characters that control a terminal. Line breaks and tabs are tested separately. */
const STEERING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** Throws if a text would control a terminal. */
export function assertSafe(text: string, allowed: RegExp = /\n/g): void {
  const found = STEERING.exec(text.replace(allowed, ''));
  if (found) assert.fail(`U+${found[0].charCodeAt(0).toString(16).padStart(4, '0')} reaches the terminal in ${JSON.stringify(text)}`);
}
