// A shell at a DM 2.0 master: a command is refused before anything is asked, and Tab offers none of its names.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

test('what cannot be sent is not asked about', () =>
  withMaster(
    undefined,
    async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, '-history', 'none'], { columns: 250 });
      try {
        await terminal.until(/» *$/);
        for (const line of ['stop-task t', 'stop-task --all', 'pause-task a b']) {
          terminal.type(`${line}\r`);
          await terminal.until(new RegExp(`» ${line}\\nthe DM-master at ${master.address} is DM 2.0 or later [^\\n]*\\n» *$`));
        }
        assert.doesNotMatch(terminal.text(), /Go on/);
        assert.deepEqual(master.calls, []);
      } finally {
        terminal.close();
      }
    },
    { leader: () => ({ message: Buffer.from('0801', 'hex') }) },
  ));
