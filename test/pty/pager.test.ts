// The pager: for output longer than the screen, on a terminal, if one was chosen.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { answer, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const STATUS = (tasks: number) =>
  answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w:1',
        sourceID: 's',
        subTaskStatus: Array.from({ length: tasks }, (_, i) => ({ name: `task-${i}`, stage: 'Running', unit: 'Dump', dump: {} })),
      },
    ],
  });

/** A pager that marks each line. */
const PAGER = "sed 's/^/| /'";

async function screen(argv: readonly string[], tasks: number, env: Record<string, string> = {}): Promise<string> {
  return await withMaster(
    () => STATUS(tasks),
    async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, ...argv], { columns: 80, rows: 12, env });
      try {
        await terminal.ended();
        return terminal.text();
      } finally {
        terminal.close();
      }
    },
  );
}

test('output longer than the screen goes through the chosen pager', async () => {
  assert.match(await screen(['-pager', PAGER, 'query-status'], 1), /\n\| +"subTaskStatus": \[\n/);
  assert.match(await screen(['-output', 'table', '-pager', PAGER, 'query-status'], 30), /\n\| task-29 /);
});

test('output that fits does not, and nothing does with -pager off', async () => {
  assert.match(await screen(['-output', 'table', '-pager', PAGER, 'query-status'], 2), /^TASK/);
  assert.match(await screen(['-output', 'table', '-pager', 'off', 'query-status'], 30, { PAGER }), /\ntask-29 /);
});

test('$PAGER alone applies to rows, not to the output of the original', async () => {
  assert.match(await screen(['-output', 'table', 'query-status'], 30, { PAGER }), /\n\| task-29 /);
  assert.doesNotMatch(await screen(['query-status'], 1, { PAGER }), /\| /);
  assert.match(await screen(['query-status'], 1, { DMCTL_PAGER: PAGER }), /\| +"result": true/);
});

test('the shell reports a missing pager, and nothing breaks', async () => {
  assert.match(await screen(['-output', 'table', '-pager', 'no-such-pager', 'query-status'], 30), /no-such-pager.*not found/);
});

test('in the shell the pager gets the keys while it runs, and the prompt gets them afterwards', () =>
  withMaster(
    () => STATUS(30),
    async (master) => {
      // It waits for a line, as a pager waits for a key.
      const pager = "sh -c 'cat > /dev/null; printf paged; read key < /dev/tty; echo got $key'";
      const terminal = new Terminal(['-master-addr', master.address, '-history', 'none', '-pager', pager], { columns: 80, rows: 12 });
      try {
        await terminal.until(/» *$/);
        terminal.type('query-status --output table\r');
        await terminal.until(/paged$/);
        terminal.type('q\r');
        await terminal.until(/got q\n» *$/);
        terminal.type('nosuch\r');
        await terminal.until(/unknown command "nosuch"[\s\S]*» *$/);
      } finally {
        terminal.close();
      }
    },
  ));
