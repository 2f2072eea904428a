// A shell with a master of DM 2.0 or later: a command that the master does not have is rejected before any question.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

test('there is no question for a command that the master does not have', () =>
  withMaster(
    undefined,
    async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, '-history', 'none'], { columns: 250 });
      try {
        await terminal.until(/» *$/);
        for (const line of ['sql-skip t', 'break-ddl-lock t', 'switch-relay-master -w w']) {
          const command = line.split(' ')[0];
          terminal.type(`${line}\r`);
          await terminal.until(
            new RegExp(
              `» ${line}\\nError: the DM-master at ${master.address} is DM 2.0 or later, which has no command ${command}[\\s\\S]*\\n» *$`,
            ),
          );
        }
        assert.doesNotMatch(terminal.text(), /Continue|\? /);
        assert.deepEqual(master.calls, []);
      } finally {
        terminal.close();
      }
    },
    { leader: () => ({ message: Buffer.from('0801', 'hex') }) },
  ));
