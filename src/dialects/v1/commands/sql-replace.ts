import { command } from '../command.ts';
import { sqlOperatorFlags } from '../flags.ts';
import { sqlHarm } from '../harm.ts';
import { people } from '../lazily.ts';
import { sqlPieces } from '../sql-pieces.ts';
import { refuseFlagsInSql } from '../sql-tail.ts';
import { sqlTarget } from '../sql-target.ts';

const FLAGS = sqlOperatorFlags('sql-replace', 'replaced');
const FAILURE = 'can not replace SQL:\n';

export const sqlReplace = command({
  name: 'sql-replace',
  usage: '<-w worker> [-b binlog-pos] [-s sql-pattern] [--sharding] <task-name> <sql1;sql2;>',
  summary: 'sql-replace replaces SQL in specific binlog-pos or sql-pattern matched with other SQLs, each SQL must ends with semicolon;',
  examples: ['sql-replace -w 172.16.10.72:8262 -b mysql-bin|000001.000003:3270 test ALTER TABLE db1.t1 ADD COLUMN c INT;'],
  args: { least: 2, most: Number.POSITIVE_INFINITY, names: ['<task-name>', '<sql1;sql2;>'], kinds: ['task', 'none'] },
  flags: FLAGS,
  sqlTail: true,
  changes: true,
  method: 'HandleSQLs',
  request: async (given, bench) => {
    await refuseFlagsInSql({ name: 'sql-replace', flags: FLAGS, failure: FAILURE }, given, bench, (moved) => sqlTarget(moved, bench));
    const target = await sqlTarget(given, bench);
    return { op: 'REPLACE', ...target, args: await sqlPieces(given, bench, 'replace') };
  },
  harm: (_given, request) => sqlHarm(request),
  failure: () => FAILURE,
  view: async (answer) => (await people()).workersView(answer),
  forewarn: async (_given, request, lookup) => (await people()).beforeSql('sql-replace', request, lookup),
});
