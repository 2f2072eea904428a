// HandleSQLs: sql-skip, sql-replace and sql-inject.

import type { HandleSQLsRequest, HandleSQLsResponseInit } from '../../wire/generated/v1.ts';
import { liveWorker } from './cluster.ts';
import { unreachable } from './relay.ts';
import { patternError, unquote } from './sql-rules.ts';
import type { SqlRule, State, Worker } from './state.ts';
import { masterTexts, sqlArgsError, stacked, workerTexts } from './texts.ts';

export function handleSqls(state: State, request: HandleSQLsRequest): HandleSQLsResponseInit {
  if (request.sharding) return saveForOwner(state, request);
  const { name, worker: address } = request;
  if (!state.taskMap.get(name)?.includes(address)) return { result: false, msg: masterTexts.noMatch(name, address) };
  const worker = liveWorker(state, address);
  const msg = worker ? onWorker(state, worker, request) : unreachable(address, 'dm/master.(*Server).HandleSQLs');
  return { result: true, workers: [{ result: msg === '', msg }] }; // the worker's name is empty here, as in DM
}

function onWorker(state: State, worker: Worker, request: HandleSQLsRequest): string {
  const task = worker.tasks.get(request.name);
  const where = 'dm/worker.(*SubTask).SetSyncerSQLOperator';
  if (!task) return stacked(workerTexts.unknownTask(request.name), where);
  if (task.unit !== 'Sync' || !task.ready) return stacked(workerTexts.notSyncer(task.ready ? task.unit : 'InvalidUnit'), where);
  if (request.op !== 'INJECT') {
    const bad = patternError(request.sqlPattern, 'functional');
    if (bad) return stacked(bad, where);
    task.sync.rules.push(ruleOf(request));
    return '';
  }
  const bare = request.args.find((sql) => !namesSchema(sql));
  if (bare) return stacked(workerTexts.injectWithoutSchema(bare), 'syncer.(*Syncer).injectSQLs');
  // A syncer takes an injected DDL with its next binlog event. The real one waits 30 s for it; the sandbox does not wait.
  if (task.stage !== 'Running' || task.sync.blocking || state.options.trafficMs === 0) return workerTexts.injectTimeout;
  task.sync.events += request.args.length;
  return '';
}

/** Whether a DDL statement names its schema or is a statement about a schema. */
function namesSchema(sql: string): boolean {
  if (/^\s*(create|drop|alter)\s+(database|schema)\b/i.test(sql)) return true;
  return /(`[^`]+`|[\w$]+)\s*\.\s*(`[^`]+`|[\w$]+)/.test(sql.split('(')[0] ?? '');
}

function ruleOf({ op, binlogPos, sqlPattern, args }: HandleSQLsRequest): SqlRule {
  return { op: op === 'REPLACE' ? 'REPLACE' : 'SKIP', position: unquote(binlogPos), pattern: unquote(sqlPattern), sqls: args };
}

/** `--sharding`: the master keeps the instruction, for any task name, until a lock with such a DDL is resolved. */
function saveForOwner(state: State, request: HandleSQLsRequest): HandleSQLsResponseInit {
  const bad = saveError(request);
  if (bad) return { result: false, msg: `save request with --sharding error:\n${stacked(bad, 'dm/master/sql-operator.(*Holder).Set')}` };
  state.shardingRules.push({ task: request.name, rule: ruleOf(request) });
  return { result: true, msg: masterTexts.shardingSaved };
}

function saveError({ op, binlogPos, sqlPattern }: HandleSQLsRequest): string | undefined {
  if (op !== 'SKIP' && op !== 'REPLACE') return masterTexts.opNotSupported(String(op));
  if (binlogPos && sqlPattern) return sqlArgsError('cannot specify both --binlog-pos and --sql-pattern in sql operation');
  if (binlogPos) return sqlArgsError('cannot specify --binlog-pos with --sharding in sql operation');
  if (!sqlPattern) return sqlArgsError('must specify one of --binlog-pos and --sql-pattern in sql operation');
  return patternError(sqlPattern, 'dm-master');
}
