import type { CommandSpec } from '../../../command/spec.ts';
import { taskName } from '../arguments.ts';
import { checkedPosition } from '../binlog-position.ts';
import { defineCommand } from '../define-command.ts';
import { BINLOG_POS } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sqlArguments } from '../sql-arguments.ts';

type Operation = 'Skip' | 'Replace' | 'Revert' | 'Inject' | 'List';

interface BinlogCommand {
  readonly word: string;
  readonly op: Operation;
  readonly summary: string;
  readonly since: string;
  /** What its SQL is for; undefined if it takes none. */
  readonly sql?: 'replace' | 'inject';
}

/** The commands of the group `binlog`, which differ in their operation and in whether they take SQL. */
const binlogCommand = ({ word, op, summary, since, sql }: BinlogCommand): CommandSpec =>
  defineCommand({
    name: `binlog ${word}`,
    usage: sql ? `<task-name> <${sql}-sql1> <${sql}-sql2>...` : '<task-name>',
    summary,
    since,
    examples: [
      sql ? `binlog ${word} test "ALTER TABLE db1.t1 ADD COLUMN c INT"` : `binlog ${word} test`,
      sql ? `binlog ${word} -b mysql-bin.000001:4 test "DROP TABLE db1.t1"` : `binlog ${word} -s mysql-replica-01 test`,
    ],
    args: sql
      ? { min: 2, max: Number.POSITIVE_INFINITY, names: ['<task-name>', `<${sql}-sql>`], kinds: ['task', 'sql'] }
      : { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'] },
    flags: [BINLOG_POS],
    mutating: op !== 'List',
    method: 'HandleError',
    request: async (parsed, context) => ({
      op,
      task: await taskName(parsed, context),
      sources: [...parsed.targets],
      binlogPos: checkedPosition(parsed.flags.binlogPos, 'handle-error'),
      sqls: sql ? await sqlArguments(parsed.args.slice(1), context, sql) : [],
    }),
    impact: async (_parsed, request) => (await loadPresenters()).eventImpact(request),
    failure: () => `can not ${word} the event:\n`,
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (parsed, answer) => (op === 'List' ? [] : (await loadPresenters()).afterEvent(parsed.args[0] ?? '', answer)),
  });

const EVENT = 'the current error event or a specific binlog position (binlog-pos)';

export const binlogCommands = (): readonly CommandSpec[] => [
  binlogCommand({ word: 'skip', op: 'Skip', since: '5.4', summary: `skip ${EVENT} event` }),
  binlogCommand({ word: 'replace', op: 'Replace', since: '5.4', sql: 'replace', summary: `replace ${EVENT} with some ddls` }),
  binlogCommand({
    word: 'revert',
    op: 'Revert',
    since: '5.4',
    summary: 'revert the current binlog operation or a specific binlog position (binlog-pos) operation',
  }),
  binlogCommand({ word: 'inject', op: 'Inject', since: '6.0', sql: 'inject', summary: `inject ${EVENT} with some ddls` }),
  binlogCommand({
    word: 'list',
    op: 'List',
    since: '6.0',
    summary: 'list error handle command at binlog position (binlog-pos) or after binlog position (binlog-pos)',
  }),
];
