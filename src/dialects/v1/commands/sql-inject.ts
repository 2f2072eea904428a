import { InputError } from '../../../command/errors.ts';
import type { ParsedArgs } from '../../../command/spec.ts';
import { goList } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { ONE_WORKER } from '../flags.ts';
import { sqlImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sqlPieces } from '../sql/statements-argument.ts';

const FAILURE = 'can not inject sql:\n';

/** The task and its worker. Throws InputError. */
function target(parsed: ParsedArgs): { name: string; worker: string } {
  const [worker = '', ...more] = parsed.targets;
  if (worker === '' || more.length > 0) throw new InputError(`want only one worker, but got ${goList(parsed.targets)}`);
  const name = parsed.args[0] ?? '';
  if (name.trim() === '') throw new InputError('task_name is empty');
  return { name, worker };
}

export const sqlInject = defineCommand({
  name: 'sql-inject',
  usage: '<-w worker> <task_name> <sql1;sql2;>',
  summary: 'sql-inject injects (limited) sqls into syncer as binlog event',
  examples: ["sql-inject -w 172.16.10.72:8262 test 'CREATE TABLE db1.t2 (id INT PRIMARY KEY);'"],
  args: { min: 2, max: Number.POSITIVE_INFINITY, names: ['<task_name>', '<sql1;sql2;>'], kinds: ['task', 'sql'], requires: [ONE_WORKER] },
  sqlTail: true,
  mutating: true,
  method: 'HandleSQLs',
  request: async (parsed, context) => {
    const { refuseFlagsInSql } = await import('../sql/tail.ts');
    await refuseFlagsInSql({ name: 'sql-inject', flags: [], failure: FAILURE }, parsed, context, async (moved) => target(moved));
    return { op: 'INJECT', ...target(parsed), args: await sqlPieces(parsed, context, 'inject') };
  },
  impact: (_given, request) => sqlImpact(request),
  failure: () => FAILURE,
  present: async (answer, parsed) => (await loadPresenters()).sqlView(answer, parsed.targets[0] ?? ''),
  warnings: async () => (await loadPresenters()).injectWaits(),
});
