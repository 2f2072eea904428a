// The state of a DM 1.0 cluster from an answer to QueryStatus. The meaning of a stage together with its result was observed
// in a real cluster (real-cluster-notes, section 2).

import type { Cluster, Health, Relay, SubTask, Worker } from '../../../domain/cluster.ts';
import type {
  ProcessResult,
  QueryStatusListResponse,
  QueryStatusResponse,
  RelayStatus,
  SubTaskStatus,
} from '../../../wire/generated/v1.ts';

/** An answer whose workers can be iterated once. */
export interface StatusAnswer extends Pick<QueryStatusListResponse, 'result' | 'msg'> {
  readonly workers: Iterable<QueryStatusResponse>;
}

export function clusterOf({ result, msg, workers }: StatusAnswer): Cluster {
  const subTasks: SubTask[] = [];
  const known: Worker[] = [];
  for (const answer of workers) {
    const worker = workerOf(answer);
    known.push(worker);
    for (const status of answer.subTaskStatus) if (exists(status)) subTasks.push(subTaskOf(status, worker));
  }
  return { refused: result ? '' : msg || 'the DM-master rejected the request without a reason', workers: known, subTasks };
}

/** A worker without the requested sub task answers with one that has no stage. */
const exists = (status: SubTaskStatus): boolean => status.stage !== 'InvalidStage';

function workerOf({ result, worker, msg, sourceID, relayStatus }: QueryStatusResponse): Worker {
  return {
    target: worker,
    worker,
    source: sourceID,
    error: result ? '' : msg || 'the worker rejected the request without a reason',
    ...(relayStatus && { relay: relayOf(relayStatus, worker, sourceID) }),
  };
}

const NO_TEXTS: readonly string[] = [];

const textsOf = (result: ProcessResult | undefined): readonly string[] => (result ? result.errors.map((e) => e.msg) : NO_TEXTS);

function relayOf(status: RelayStatus, worker: string, source: string): Relay {
  const errors = textsOf(status.result);
  return {
    target: worker,
    worker,
    source,
    stage: String(status.stage),
    health: relayHealth(String(status.stage), errors.length > 0),
    subDir: status.relaySubDir,
    at: status.relayBinlog,
    master: status.masterBinlog,
    caughtUp: status.relayCatchUpMaster,
    errors,
  };
}

function relayHealth(stage: string, failed: boolean): Health {
  if (stage === 'Running') return 'running';
  if (stage === 'New') return 'starting';
  return failed ? 'broken' : 'held'; // a relay never resumes automatically
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function subTaskOf(status: SubTaskStatus, { worker, source, relay }: Worker): SubTask {
  const errors = textsOf(status.result);
  const { health, why } = healthOf(status, errors.length > 0, relay);
  const { load, sync } = status;
  const subTask: Writable<SubTask> = {
    target: worker,
    task: status.name,
    worker,
    source,
    stage: String(status.stage),
    unit: status.unit === 'InvalidUnit' ? '-' : String(status.unit),
    health,
    reason: why,
    errors,
    lock: status.unresolvedDDLLockID,
  };
  if (load) subTask.load = { done: Number(load.finishedBytes), total: Number(load.totalBytes) };
  if (sync) {
    subTask.sync = {
      events: Number(sync.totalEvents),
      master: sync.masterBinlog,
      at: sync.syncerBinlog,
      synced: sync.synced,
      blocking: sync.blockingDDLs,
      groups: sync.unresolvedGroups.length,
    };
  }
  return subTask;
}

interface Standing {
  readonly health: Health;
  readonly why: string;
}

const BROKEN: Standing = { health: 'broken', why: '' };
const FINISHED: Standing = { health: 'finished', why: '' };
const STARTING: Standing = { health: 'starting', why: '' };
const RUNNING: Standing = { health: 'running', why: '' };
const HELD: Standing = { health: 'held', why: '' };
const stuck = (why: string): Standing => ({ health: 'stuck', why });

function healthOf({ stage, result, unit, sync, unresolvedDDLLockID }: SubTaskStatus, failed: boolean, relay: Relay | undefined): Standing {
  if (failed) return BROKEN;
  if (stage === 'Finished') return FINISHED;
  if (stage === 'New') return STARTING;
  // After its load it waits, shown as Paused, until the relay has reached the dump's position. A manual pause leaves no result.
  if (stage === 'Paused') return unit === 'Sync' && result && !result.isCanceled ? stuck('waits for the relay') : HELD;
  if (stage !== 'Running') return stuck(`is ${String(stage)}`);
  if (sync && (sync.blockingDDLs.length > 0 || unresolvedDDLLockID !== '')) return stuck('waits for a DDL lock');
  const relayStands = unit === 'Sync' && relay && relay.health !== 'running' && relay.health !== 'starting';
  return relayStands ? stuck(`its relay is ${relay.stage}`) : RUNNING;
}
