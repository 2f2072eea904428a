// A shell with a DM 2.0 master: a command is rejected before any question, and Tab offers no names.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

test('there is no question for a command that cannot be sent', () =>
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
        assert.doesNotMatch(terminal.text(), /Continue/);
        assert.deepEqual(master.calls, []);
      } finally {
        terminal.close();
      }
    },
    { leader: () => ({ message: Buffer.from('0801', 'hex') }) },
  ));
