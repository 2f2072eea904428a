// The spec reporter for a run that selects tests by name. It shows only tests that ran, and fails if none did. Node 20 reports
// every test that does not match as skipped.

import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

const UNMATCHED = 'test name does not match pattern';

/** The events of the tests that ran, with those of their suites. */
async function* selected(events) {
  const starts = []; // of suites and tests of which none has run so far
  let ran = 0;
  for await (const event of events) {
    const { type, data } = event;
    if (type === 'test:start') starts.push(event);
    else if (type === 'test:pass' || type === 'test:fail') {
      const isEmptySuite = data.details.type === 'suite' && type === 'test:pass' && starts.length > 0;
      if (data.skip === UNMATCHED || isEmptySuite || data.name === data.file) {
        starts.pop();
        if (type === 'test:pass') continue;
      }
      if (data.details.type !== 'suite') ran += 1;
      yield* starts.splice(0);
      yield event;
    } else yield event;
  }
  if (ran > 0) return;
  process.exitCode = 1;
  yield { type: 'test:diagnostic', data: { nesting: 0, level: 'error', message: 'no test has such a name, and no test file such a path' } };
}

export default async function* named(events) {
  yield* Readable.from(selected(events)).compose(new spec());
}
