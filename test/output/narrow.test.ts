// Tables on terminals that are too narrow for them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { width } from '../../src/text/width.ts';
import { answer, runProgram, withMaster } from '../harness/run.ts';

const DDL = 'ALTER TABLE `shop_database`.`orders_merged` ADD COLUMN `discount` INT';
const LOCK = 'demo-`shop_database`.`orders_merged`';

const locks = (unsynced: readonly string[], id = LOCK) =>
  answer('ShowDDLLocks', {
    result: true,
    locks: [{ ID: id, task: '任务一二三', owner: '172.16.10.72:8262', DDLs: [DDL], synced: ['172.16.10.72:8262'], unsynced }],
  });

async function shown(reply: ReturnType<typeof locks>, columns: number): Promise<string> {
  return await withMaster(
    () => reply,
    async (master) => {
      const argv = ['-master-addr', master.address, 'show-ddl-locks', '-o', 'table', '--color', 'never'];
      return (await runProgram(argv, { tty: ['stdout'], columns })).stdout;
    },
  );
}

test('a table that fits is a table', async () => {
  assert.match(await shown(locks(['172.16.10.73:8262']), 80), /^LOCK +SYNCED +WAITS FOR\n/);
  assert.match(await shown(locks(['172.16.10.73:8262'], 'a'), 40), /^LOCK +SYNCED +WAITS FOR\n/);
});

test('a table that does not fit has a line for each value, and no value is lost', async () => {
  const text = await shown(locks(['172.16.10.73:8262', '172.16.10.74:8262']), 40);
  assert.equal(
    text,
    `LOCK
  ${LOCK}
TASK        任务一二三
OWNER       172.16.10.72:8262
SYNCED      ! 1 of 3
WAITS FOR   172.16.10.73:8262
            172.16.10.74:8262
STATEMENTS
  ALTER TABLE
  \`shop_database\`.\`orders_merged\` ADD
  COLUMN \`discount\` INT
1 DDL lock
`,
  );
  for (const line of text.split('\n')) assert.ok(width(line) <= 40, line);
});

test('a command beside a lock stays in one line', async () => {
  const text = await shown(locks([]), 40);
  assert.ok(text.includes(`\n    type\n  break-ddl-lock -w <worker> --skip '任务一二三'\n`), text);
  assert.ok(text.includes(`\n    then\n  unlock-ddl-lock --force-remove '${LOCK}'\n`), text);
  assert.ok((await shown(locks([]), 120)).includes(`\n    then  unlock-ddl-lock --force-remove '${LOCK}'\n`));
});
