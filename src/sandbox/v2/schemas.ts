// OperateSchema: the definitions of tables in the schema tracker of a sub task.

import type { CommonWorkerResponseInit, OperateSchemaRequest, OperateSchemaResponseInit } from '../../wire/generated/v2.ts';
import { entry } from './cluster.ts';
import type { Source, State, SubTask } from './state.ts';
import { targetOf } from './task-file.ts';
import { master, worker as texts } from './texts.ts';

export function operateSchema(state: State, request: OperateSchemaRequest): OperateSchemaResponseInit {
  if (request.sources.length === 0) return { result: false, msg: 'must specify at least one source' };
  return { result: true, sources: request.sources.map((id) => operate(state, id, request)) };
}

function operate(state: State, id: string, request: OperateSchemaRequest): CommonWorkerResponseInit {
  const source = state.sources.get(id);
  if (!source?.worker) return entry(id, '', `source ${master.noWorkerClient(id)}`);
  const task = source.tasks.get(request.task);
  if (!task) return entry(id, '', texts.noSubTask(request.task));
  if (task.stage !== 'Paused') return entry(id, '', texts.notPaused(task.stage));
  if (task.unit !== 'Sync') return entry(id, '', texts.notSyncing(task.unit));
  const answer = answerOf(state, source, task, request);
  return 'msg' in answer ? entry(id, '', answer.msg) : { result: true, msg: answer.text, source: id, worker: source.worker };
}

function answerOf(
  state: State,
  source: Source,
  { name, sync }: SubTask,
  { op, database, table, schema, fromSource, fromTarget }: OperateSchemaRequest,
): { text: string } | { msg: string } {
  const key = `\`${database}\`.\`${table}\``;
  const columns = source.upstream.tables.get(key);
  switch (op) {
    case 'GetSchema': {
      const text = sync.schemas.get(key) || (columns && createTable(table, columns));
      return text ? { text } : { msg: texts.noTable(key) };
    }
    case 'SetSchema':
      if (fromSource || fromTarget) {
        if (!columns) return { msg: texts.noTable(key) };
        sync.schemas.delete(key);
      } else if (/^\s*create\s+table\b/i.test(schema)) sync.schemas.set(key, schema.replace(/\s+/g, ' ').trim());
      else return { msg: texts.noCreateTable(schema.trim()) };
      return { text: '' };
    case 'RemoveSchema':
      sync.schemas.delete(key);
      return { text: '' };
    case 'ListSchema':
      return { text: JSON.stringify(['shop']) };
    case 'ListTable':
      return { text: JSON.stringify([...source.upstream.tables.keys()].map((t) => t.split('`')[3])) };
    default:
      return {
        text: JSON.stringify([...source.upstream.tables.keys()].map((t) => targetOf(state.tasks.get(name)?.file ?? {}, source.id, t))),
      };
  }
}

/** The statement on one line, as a worker shows it. */
const createTable = (table: string, columns: readonly string[]): string =>
  `CREATE TABLE \`${table}\` ( ${columns.join(', ')}, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`;
