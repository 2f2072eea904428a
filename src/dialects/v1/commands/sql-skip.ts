import { defineCommand } from '../define-command.ts';
import { SQL_OPERATOR_NEEDS, sqlOperatorFlags } from '../flags.ts';
import { sqlImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sqlTarget } from '../sql/target.ts';

export const sqlSkip = defineCommand({
  name: 'sql-skip',
  usage: '<-w worker> [-b binlog-pos] [-s sql-pattern] [--sharding] <task-name>',
  summary: 'sql-skip skips binlog event in specific binlog-pos or sql-pattern matched',
  examples: ["sql-skip -w 172.16.10.72:8262 -b 'mysql-bin|000001.000003:3270' test", "sql-skip --sharding -s '~(?i)DROP\\s+TABLE' test"],
  args: { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'], requires: SQL_OPERATOR_NEEDS },
  flags: sqlOperatorFlags('sql-skip', 'skipped'),
  mutating: true,
  method: 'HandleSQLs',
  request: async (parsed, context) => ({ op: 'SKIP', ...(await sqlTarget(parsed, context)) }),
  impact: (_given, request) => sqlImpact(request),
  failure: () => 'can not skip SQL:\n',
  present: async (answer, parsed) => (await loadPresenters()).sqlView(answer, parsed.targets[0] ?? ''),
  warnings: async (_given, request, lookup) => (await loadPresenters()).beforeSql('sql-skip', request, lookup),
});
