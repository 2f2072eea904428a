import { InputError } from '../../../core/errors.ts';
import type { Given } from '../../../core/spec.ts';
import { goList } from '../checks.ts';
import { command } from '../command.ts';
import { sqlHarm } from '../harm.ts';
import { people } from '../lazily.ts';
import { sqlPieces } from '../sql-pieces.ts';
import { refuseFlagsInSql } from '../sql-tail.ts';

const FAILURE = 'can not inject sql:\n';

/** The task and its worker. Throws InputError. */
function target(given: Given): { name: string; worker: string } {
  const [worker = '', ...more] = given.workers;
  if (worker === '' || more.length > 0) throw new InputError(`want only one worker, but got ${goList(given.workers)}`);
  const name = given.args[0] ?? '';
  if (name.trim() === '') throw new InputError('task_name is empty');
  return { name, worker };
}

export const sqlInject = command({
  name: 'sql-inject',
  usage: '<-w worker> <task_name> <sql1;sql2;>',
  summary: 'sql-inject injects (limited) sqls into syncer as binlog event',
  examples: ['sql-inject -w 172.16.10.72:8262 test CREATE TABLE db1.t2 (id INT PRIMARY KEY);'],
  args: { least: 2, most: Number.POSITIVE_INFINITY, names: ['<task_name>', '<sql1;sql2;>'], kinds: ['task', 'none'] },
  sqlTail: true,
  changes: true,
  method: 'HandleSQLs',
  request: async (given, bench) => {
    await refuseFlagsInSql({ name: 'sql-inject', flags: [], failure: FAILURE }, given, bench, async (moved) => target(moved));
    return { op: 'INJECT', ...target(given), args: await sqlPieces(given, bench, 'inject') };
  },
  harm: (_given, request) => sqlHarm(request),
  failure: () => FAILURE,
  view: async (answer) => (await people()).workersView(answer),
  forewarn: async () => (await people()).injectWaits(),
});
