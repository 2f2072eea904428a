// The simulated cluster as a state machine: one request in, one answer out. It does no input or output and has no clock.
//
// In src/sandbox, handlers and `advance` change only the state that is passed to them.

import type { Methods, OperateLeaderRequest } from '../../wire/generated/v2.ts';
import { advance } from './advance.ts';
import { encrypt, getCfg, getMasterCfg, getSubTaskCfg, listSourceConfigs, listTaskConfigs, range } from './config.ts';
import { showDdlLocks, unlockDdlLock } from './locks.ts';
import { listMember, offlineMember, operateLeader } from './members.ts';
import { handleError } from './operators.ts';
import { operateRelay, operateWorkerRelayTask, purgeWorkerRelay } from './relay.ts';
import { operateSchema } from './schemas.ts';
import { operateSource, transferSource } from './sources.ts';
import type { State } from './state.ts';
import { queryStatus } from './status.ts';
import { checkTask, operateTask, startTask, updateTask } from './tasks.ts';
import { master } from './texts.ts';
import {
  getValidationError,
  getValidationStatus,
  operateValidationError,
  startValidation,
  stopValidation,
  updateValidation,
} from './validation.ts';

/** All but the method that only 2.0.0 had. */
export type MethodName = Exclude<keyof Methods, 'GetTaskCfg'>;

const HANDLERS: Readonly<Record<Exclude<MethodName, 'OperateLeader'>, (state: State, request: never) => object>> = {
  StartTask: startTask,
  OperateTask: operateTask,
  UpdateTask: updateTask,
  QueryStatus: queryStatus,
  ShowDDLLocks: showDdlLocks,
  UnlockDDLLock: unlockDdlLock,
  OperateWorkerRelayTask: operateWorkerRelayTask,
  PurgeWorkerRelay: purgeWorkerRelay,
  CheckTask: checkTask,
  OperateSource: operateSource,
  OfflineMember: offlineMember,
  ListMember: listMember,
  OperateSchema: operateSchema,
  GetSubTaskCfg: getSubTaskCfg,
  HandleError: handleError,
  GetCfg: getCfg,
  GetMasterCfg: getMasterCfg,
  TransferSource: transferSource,
  OperateRelay: operateRelay,
  StartValidation: startValidation,
  StopValidation: stopValidation,
  GetValidationStatus: getValidationStatus,
  GetValidationError: getValidationError,
  OperateValidationError: operateValidationError,
  UpdateValidation: updateValidation,
  Encrypt: encrypt,
  ListTaskConfigs: listTaskConfigs,
  ListSourceConfigs: listSourceConfigs,
  Range: range,
};

/** What every master answers, even if none leads. */
const LOCAL: readonly MethodName[] = ['Range', 'GetMasterCfg', 'Encrypt'];

/** Thrown for a call that ends without an answer, since no master leads. */
export class NoLeader extends Error {}

/**
 * Answers one request at `now` (milliseconds since the machine's start), sent to the master `at`. The request is as `decode`
 * returns it, with all fields set. The answer is an object of the newest release; `fit` takes from it what a release has.
 */
export function answer(state: State, method: MethodName, request: object, now: number, at = state.masters[0]?.name ?? ''): object {
  advance(state, now);
  if (method === 'OperateLeader') return operateLeader(state, request as OperateLeaderRequest, at);
  if (state.leader === undefined && !LOCAL.includes(method)) throw new NoLeader(master.noLeader);
  return HANDLERS[method](state, request as never);
}
