// The context of a line is derived and never changed, so that one line does not affect the next.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRegistries } from '../../src/app/registries.ts';
import { DEFAULT_RUN_OPTIONS } from '../../src/command/run-options.ts';
import { openContext, withOptions, withOutput, withSignal } from '../../src/invoke/context.ts';
import { openSession } from '../../src/invoke/session.ts';
import type { IO } from '../../src/io/io.ts';
import { answer, between, runProgram, withMaster } from '../harness/run.ts';

const output = { write: async () => {}, isTTY: false, columns: undefined, rows: undefined };
const io: IO = {
  stdin: { isTTY: false, async *chunks() {} },
  stdout: output,
  stderr: output,
  env: {},
  readFile: async () => Buffer.alloc(0),
  onInterrupt: () => () => {},
  interrupt: () => {},
  terminal: undefined,
  questions: undefined,
  openFile: async () => {
    throw new Error('there are no files to write');
  },
  page: async () => {},
  createFile: async () => {},
  writeFile: async () => {},
  replaceFile: async () => {},
  makeFolder: async () => {},
  listFiles: async () => undefined,
  runCommand: async () => undefined,
  compute: (work) => work(),
};
const registries = openRegistries('lines');
const { signal } = new AbortController();

test('a derived context has the changes, and its origin stays unchanged', () => {
  const session = openSession(io, 'lines', registries, 'h:1', DEFAULT_RUN_OPTIONS);
  const context = openContext(session, signal);
  const other = new AbortController().signal;
  const stdout = { ...output, columns: 7 };
  const derived = withOutput(withSignal(withOptions(context, { quiet: true }), other), stdout);
  assert.deepEqual([derived.options.quiet, derived.signal, derived.io.stdout], [true, other, stdout]);
  assert.deepEqual([context.options.quiet, context.signal, context.io.stdout], [false, signal, output]);
  assert.deepEqual(derived.options, { ...context.options, quiet: true }, 'the other options stay');
  assert.throws(() => Object.assign(context, { options: derived.options }), TypeError);
  assert.throws(() => Object.assign(derived.options, { quiet: false }), TypeError);
});

test('only changeSetting changes the options of the following lines', () => {
  const session = openSession(io, 'lines', registries, 'h:1', DEFAULT_RUN_OPTIONS);
  const before = openContext(session, signal);
  session.changeSetting('quiet', 'on', { ...DEFAULT_RUN_OPTIONS, quiet: true });
  assert.deepEqual([before.options.quiet, openContext(session, signal).options.quiet], [false, true]);
  assert.deepEqual(session.changedSettings.get('quiet'), { value: 'on', from: 'set' });
  // @ts-expect-error the session's options are read-only
  assert.throws(() => (session.defaultOptions = DEFAULT_RUN_OPTIONS), TypeError);
});

test('a watch and the flags of a line do not affect the next line', () =>
  withMaster(
    () => answer('QueryStatus', { result: true }),
    async (master) => {
      const stdin = 'watch --count 2 --interval 0.2 query-status --output jsonl\nquery-status --query $.result\nquery-status\n';
      const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin });
      assert.equal(stderr, '');
      const plain = '{\n    "result": true,\n    "msg": "",\n    "workers": [\n    ]\n}\n';
      assert.equal(between(stdout).slice(-plain.length), plain);
      assert.equal(between(stdout).match(/^\{"result":true.*\}$/gm)?.length, 2);
    },
  ));
