// Flags after the task name of sql-replace and sql-inject, where the SQL begins.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram, withMaster } from '../../../harness/run.ts';

/** What a line prints at the prompt, on both streams. It must send nothing. */
async function output(line: string): Promise<{ stdout: string; stderr: string }> {
  return withMaster(undefined, async (master) => {
    const printed = await runProgram(['-master-addr', master.address], { stdin: `${line}\n` });
    assert.equal(master.calls.length, 0);
    return printed;
  });
}

/** How often a text was printed. DM's own integration checks (dmctl_advance) expect it once. */
const times = ({ stdout, stderr }: { stdout: string; stderr: string }, text: string): number => `${stdout}${stderr}`.split(text).length - 1;

test('the message names a flag after the task name, and where to put it', async () => {
  const { stdout, stderr } = await output('sql-replace -w w1 test-task --binlog-pos mysql-bin|000001.000001:4 DROP TABLE a.b');
  assert.match(
    stderr,
    /^can not replace SQL:\n--binlog-pos is after the task name, where the SQL begins\. Put flags before the task name: sql-replace --binlog-pos mysql-bin\|000001\.000001:4 test-task …\n$/,
  );
  assert.doesNotMatch(`${stdout}${stderr}`, /must specify one of/);
});

test('DM’s check of an invalid position', async () => {
  const printed = await output('sql-replace test-task --binlog-pos mysql-bin:shoud-bin-digital sql1');
  assert.equal(times(printed, 'invalid --binlog-pos mysql-bin:shoud-bin-digital in sql operation: the pos should be digital'), 1);
  assert.match(printed.stdout, /\[code=11017:.*\] invalid --binlog-pos/);
  assert.match(printed.stderr, /^warning: --binlog-pos is after the task name/);
});

test('DM’s check of two workers', async () => {
  const printed = await output('sql-replace test-task --worker 127.0.0.1:8262,127.0.0.1:8263 --binlog-pos mysql-bin:13426 sql1');
  assert.equal(times(printed, 'should only specify one worker, but got [127.0.0.1:8262 127.0.0.1:8263]'), 1);
  assert.match(printed.stderr, /--worker and --binlog-pos are after the task name/);
});

test('DM’s check of a master that is down', async () => {
  const printed = await runProgram(['-master-addr', '127.0.0.1:1'], {
    stdin: 'sql-replace test-task --sharding --sql-pattern ~(?i)ALTER\\\\s+TABLE\\\\s+ ALTER TABLE tbl DROP COLUMN col\n',
  });
  assert.equal(times(printed, 'can not replace SQL:'), 1);
  assert.match(printed.stderr, /--sharding and --sql-pattern are after the task name/);
});

test('the same for sql-inject, for short flags, quotes and flags of every command', async () => {
  assert.match(
    (await output("sql-inject t -w 'a' CREATE TABLE a.b (id INT)")).stderr,
    /^can not inject sql:\n--worker is after .*sql-inject -w 'a' t …\n/,
  );
  assert.match((await output('sql-replace -w a -b f:4 t --dry-run DROP TABLE a')).stderr, /--dry-run is after the task name/);
  assert.match((await output('sql-inject t --worker a,b CREATE TABLE a.b (id INT)')).stdout, /want only one worker, but got \[a b\]/);
});

test('SQL that only begins with dashes is not a flag', async () => {
  assert.doesNotMatch((await output('sql-inject -w a t --nosuch DROP')).stderr, /after the task name/);
});

test('on a command line flags can be anywhere', () =>
  withMaster(undefined, async (master) => {
    await runProgram(['-master-addr', master.address, 'sql-replace', 't', '-w', 'a', '--binlog-pos', 'f:4', 'DROP TABLE a']);
    assert.equal(master.calls.length, 1);
  }));
