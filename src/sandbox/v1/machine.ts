// The simulated DM-master as a state machine: one request in, one answer out. It does no input or output and has no clock.
//
// In src/sandbox, handlers and `advance` change only the state that is passed to them.

import type { Methods } from '../../wire/generated/v1.ts';
import { advance } from './advance.ts';
import { refreshWorkerTasks, updateMasterConfig, updateWorkerRelayConfig } from './config.ts';
import { breakWorkerDdlLock, showDdlLocks, unlockDdlLock } from './locks.ts';
import { migrateWorkerRelay, operateWorkerRelayTask, purgeWorkerRelay, switchWorkerRelayMaster } from './relay.ts';
import { handleSqls } from './sql.ts';
import type { State } from './state.ts';
import { queryError, queryStatus } from './status.ts';
import { checkTask, operateTask, startTask, updateTask } from './tasks.ts';

export type MethodName = keyof Methods;

const HANDLERS: Readonly<Record<MethodName, (state: State, request: never) => object>> = {
  StartTask: startTask,
  OperateTask: operateTask,
  UpdateTask: updateTask,
  CheckTask: checkTask,
  QueryStatus: queryStatus,
  QueryError: queryError,
  ShowDDLLocks: showDdlLocks,
  UnlockDDLLock: unlockDdlLock,
  BreakWorkerDDLLock: breakWorkerDdlLock,
  HandleSQLs: handleSqls,
  OperateWorkerRelayTask: operateWorkerRelayTask,
  SwitchWorkerRelayMaster: switchWorkerRelayMaster,
  MigrateWorkerRelay: migrateWorkerRelay,
  PurgeWorkerRelay: purgeWorkerRelay,
  UpdateWorkerRelayConfig: updateWorkerRelayConfig,
  UpdateMasterConfig: updateMasterConfig,
  RefreshWorkerTasks: refreshWorkerTasks,
};

/**
 * Answers one request at `now` (milliseconds since the machine's start). The request is as `decode` returns it, with all
 * fields set. The answer is as `encode` takes it.
 */
export function answer(state: State, method: MethodName, request: object, now: number): object {
  advance(state, now);
  return HANDLERS[method](state, request as never);
}
