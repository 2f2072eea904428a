import { InputError } from '../../../command/errors.ts';
import { named, taskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

const NAMES = ['<task-name>', '<database>', '<table>'];
const KINDS = ['task', 'database', 'table'] as const;

export const binlogSchemaList = () =>
  defineCommand({
    name: 'binlog-schema list',
    usage: '<task-name> <database> <table>',
    summary: 'show table schema structure',
    since: '5.4',
    examples: ['binlog-schema list test db1 t1'],
    args: { min: 3, max: 3, names: NAMES, kinds: KINDS },
    mutating: false,
    method: 'OperateSchema',
    request: async (parsed, context) => ({
      op: 'GetSchema',
      task: await taskName(parsed, context),
      sources: [...parsed.targets],
      database: named(parsed, 'database', 1),
      table: named(parsed, 'table', 2),
    }),
    failure: () => 'can not list the schema:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });

export const binlogSchemaUpdate = (has: Has) =>
  defineCommand({
    name: 'binlog-schema update',
    usage: '<task-name> <database> <table> [schema-file]',
    summary: 'update tables schema structure',
    since: '5.4',
    examples: ['binlog-schema update test db1 t1 schema.sql', 'binlog-schema update test db1 t1 --from-target'],
    args: { min: 3, max: 4, names: [...NAMES, '[schema-file]'], kinds: [...KINDS, 'file'] },
    flags: [
      { name: 'flush', kind: 'bool', usage: 'flush the table info and checkpoint immediately', default: true },
      {
        name: 'from-source',
        kind: 'bool',
        usage: 'use the schema from upstream database as the schema of the specified tables',
      },
      {
        name: 'from-target',
        kind: 'bool',
        usage: 'use the schema from downstream database as the schema of the specified tables',
      },
      {
        name: 'sync',
        kind: 'bool',
        usage: 'sync the table info to master to resolve shard ddl lock, only for optimistic mode now',
        default: has('6.0'),
      },
    ],
    mutating: true,
    method: 'OperateSchema',
    request: async (parsed, context) => {
      const { flush, sync, fromSource, fromTarget } = parsed.flags;
      const file = parsed.args[3];
      if (fromSource && fromTarget) throw new InputError('from-source and from-target can not be used together');
      if (file !== undefined && (fromSource || fromTarget)) {
        throw new InputError('can not set schema-file when use from-source or from-target');
      }
      if (file === undefined && !fromSource && !fromTarget) {
        throw new InputError('the schema is missing. Give a schema file, --from-source or --from-target');
      }
      return {
        op: 'SetSchema',
        task: await taskName(parsed, context),
        sources: [...parsed.targets],
        database: named(parsed, 'database', 1),
        table: named(parsed, 'table', 2),
        schema: file === undefined ? '' : await context.readText(file),
        flush,
        sync,
        ...(has('6.0') && { fromSource, fromTarget }),
      };
    },
    failure: () => 'can not update the schema:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });

export const binlogSchemaDelete = () =>
  defineCommand({
    name: 'binlog-schema delete',
    usage: '<task-name> <database> <table>',
    summary: 'delete table schema structure',
    since: '5.4',
    examples: ['binlog-schema delete test db1 t1'],
    args: { min: 3, max: 3, names: NAMES, kinds: KINDS },
    mutating: true,
    method: 'OperateSchema',
    request: async (parsed, context) => ({
      op: 'RemoveSchema',
      task: await taskName(parsed, context),
      sources: [...parsed.targets],
      database: named(parsed, 'database', 1),
      table: named(parsed, 'table', 2),
    }),
    failure: () => 'can not delete the schema:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
