import { command } from '../command.ts';
import { sqlOperatorFlags } from '../flags.ts';
import { sqlHarm } from '../harm.ts';
import { people } from '../lazily.ts';
import { sqlTarget } from '../sql-target.ts';

export const sqlSkip = command({
  name: 'sql-skip',
  usage: '<-w worker> [-b binlog-pos] [-s sql-pattern] [--sharding] <task-name>',
  summary: 'sql-skip skips binlog event in specific binlog-pos or sql-pattern matched',
  examples: ['sql-skip -w 172.16.10.72:8262 -b mysql-bin|000001.000003:3270 test', 'sql-skip --sharding -s ~(?i)DROP\\s+TABLE test'],
  args: { least: 1, most: 1, names: ['<task-name>'], kinds: ['task'] },
  flags: sqlOperatorFlags('sql-skip', 'skipped'),
  changes: true,
  method: 'HandleSQLs',
  request: async (given, bench) => ({ op: 'SKIP', ...(await sqlTarget(given, bench)) }),
  harm: (_given, request) => sqlHarm(request),
  failure: () => 'can not skip SQL:\n',
  view: async (answer) => (await people()).workersView(answer),
  forewarn: async (_given, request, lookup) => (await people()).beforeSql('sql-skip', request, lookup),
});
