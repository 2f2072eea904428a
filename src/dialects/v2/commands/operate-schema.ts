import { InputError } from '../../../command/errors.ts';
import { choice, someSources, taskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { DATABASE, SOME_SOURCES, TABLE } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

const OPERATIONS = { get: 'GetSchema', set: 'SetSchema', remove: 'RemoveSchema' } as const;

export const operateSchema = (has: Has) =>
  defineCommand({
    name: 'operate-schema',
    usage: '<operate-type> <-s source ...> <task-name | task-file> <-d database> <-t table> [schema-file] [--flush] [--sync]',
    summary: sentence('`get`/`set`/`remove` the schema for an upstream table', has),
    hidden: has('5.4'),
    examples: ['operate-schema get -s mysql-replica-01 test -d db1 -t t1'],
    args: {
      min: 2,
      max: 3,
      names: ['<operate-type>', '<task-name | task-file>', '[schema-file]'],
      kinds: [{ oneOf: Object.keys(OPERATIONS) }, 'task', 'file'],
      requires: [SOME_SOURCES, { oneOf: ['database'] }, { oneOf: ['table'] }],
    },
    flags: [
      DATABASE,
      TABLE,
      { name: 'flush', kind: 'bool', usage: 'flush the table info and checkpoint immediately', default: true },
      {
        name: 'sync',
        kind: 'bool',
        usage: 'sync the table info to master to resolve shard ddl lock, only for optimistic mode now',
        default: has('6.0'),
      },
    ],
    mutating: true,
    readsOnly: (parsed) => parsed.args[0] === 'get',
    method: 'OperateSchema',
    request: async (parsed, context) => {
      const { database, table, flush, sync } = parsed.flags;
      const [word = '', , file] = parsed.args;
      const op = choice(word, OPERATIONS, 'operation');
      if (op === 'SetSchema' && file === undefined) throw new InputError("must specify schema file for 'set' operation");
      const sources = someSources(parsed);
      if (op !== 'SetSchema' && file !== undefined) await context.printRemark("schema file will be ignored for 'get'/'delete' operation");
      if (database === '') throw new InputError("must specify 'database'");
      if (table === '') throw new InputError("must specify 'table'");
      if (!has('6.0') && sync && op !== 'SetSchema') throw new InputError('--sync flag is only used to set schema');
      const schema = op === 'SetSchema' ? await context.readText(file ?? '', true) : '';
      return { op, task: await taskName(parsed, context, 1), sources, database, table, schema, flush, sync };
    },
    failure: () => 'can not operate the schema:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
