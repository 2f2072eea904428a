// A shell that only writes its history, run as a separate process: folder, name, number of lines, cap, slack.
// Prints `.` on standard output for each written line.

import fs from 'node:fs';
import { v1 } from '../../../src/dialects/v1/index.ts';
import { privateFiles } from '../../../src/platform/private-files.ts';
import { openHistory } from '../../../src/repl/history/store.ts';

const [folder, name, count, cap, slack] = process.argv.slice(2);
const history = openHistory({
  folder,
  mode: 'all',
  cap: Number(cap),
  slack: Number(slack),
  registry: () => ({ dialect: v1, builtins: [], topics: [] }),
  files: privateFiles,
  warn: (text) => {
    throw new Error(text);
  },
});
for (let i = 0; i < Number(count); i += 1) {
  history.add(`query-status ${name}-${i} ${'x'.repeat(i % 97)}`);
  fs.writeSync(1, '.');
}
