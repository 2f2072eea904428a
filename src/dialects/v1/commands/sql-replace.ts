import { defineCommand } from '../define-command.ts';
import { SQL_OPERATOR_NEEDS, sqlOperatorFlags } from '../flags.ts';
import { sqlImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sqlPieces } from '../sql/statements-argument.ts';
import { sqlTarget } from '../sql/target.ts';

const FLAGS = sqlOperatorFlags('sql-replace', 'replaced');
const FAILURE = 'can not replace SQL:\n';

export const sqlReplace = defineCommand({
  name: 'sql-replace',
  usage: '<-w worker> [-b binlog-pos] [-s sql-pattern] [--sharding] <task-name> <sql1;sql2;>',
  summary: 'sql-replace replaces SQL in specific binlog-pos or sql-pattern matched with other SQLs, each SQL must ends with semicolon;',
  examples: ["sql-replace -w 172.16.10.72:8262 -b 'mysql-bin|000001.000003:3270' test 'ALTER TABLE db1.t1 ADD COLUMN c INT;'"],
  args: {
    min: 2,
    max: Number.POSITIVE_INFINITY,
    names: ['<task-name>', '<sql1;sql2;>'],
    kinds: ['task', 'sql'],
    requires: SQL_OPERATOR_NEEDS,
  },
  flags: FLAGS,
  sqlTail: true,
  mutating: true,
  method: 'HandleSQLs',
  request: async (parsed, context) => {
    const { refuseFlagsInSql } = await import('../sql/tail.ts');
    await refuseFlagsInSql({ name: 'sql-replace', flags: FLAGS, failure: FAILURE }, parsed, context, (moved) => sqlTarget(moved, context));
    const target = await sqlTarget(parsed, context);
    return { op: 'REPLACE', ...target, args: await sqlPieces(parsed, context, 'replace') };
  },
  impact: (_given, request) => sqlImpact(request),
  failure: () => FAILURE,
  present: async (answer, parsed) => (await loadPresenters()).sqlView(answer, parsed.targets[0] ?? ''),
  warnings: async (_given, request, lookup) => (await loadPresenters()).beforeSql('sql-replace', request, lookup),
});
