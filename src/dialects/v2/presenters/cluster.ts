// The state of a cluster of DM 2.0 or later from an answer to QueryStatus.

import type { Cluster, Health, Relay, SubTask, Worker } from '../../../domain/cluster.ts';
import type {
  ProcessError,
  ProcessResult,
  QueryStatusListResponse,
  QueryStatusResponse,
  RelayStatus,
  SubTaskStatus,
} from '../../../wire/generated/v2.ts';

/** An answer whose sources can be iterated once. */
export interface StatusAnswer extends Pick<QueryStatusListResponse, 'result' | 'msg'> {
  readonly sources: Iterable<QueryStatusResponse>;
}

export function clusterOf({ result, msg, sources }: StatusAnswer): Cluster {
  const subTasks: SubTask[] = [];
  const workers: Worker[] = [];
  for (const answer of sources) {
    const worker = workerOf(answer);
    workers.push(worker);
    for (const status of answer.subTaskStatus) if (status.stage !== 'InvalidStage') subTasks.push(subTaskOf(status, worker));
  }
  return { refused: result ? '' : msg || 'the DM-master rejected the request without a reason', workers, subTasks };
}

function workerOf({ result, msg, sourceStatus }: QueryStatusResponse): Worker {
  const { worker = '', source = '', relayStatus } = sourceStatus ?? {};
  return {
    target: source,
    worker,
    source,
    error: result ? '' : msg || 'the worker rejected the request without a reason',
    ...(relayStatus && { relay: relayOf(relayStatus, worker, source) }),
  };
}

/** An error in the form of DM's messages, which the table of error codes reads. */
function errorText({ ErrCode, ErrClass, ErrScope, ErrLevel, Message, RawCause, Workaround }: ProcessError): string {
  const parts = [
    ...(Message === '' ? [] : [`Message: ${Message}`]),
    ...(RawCause === '' ? [] : [`RawCause: ${RawCause}`]),
    ...(Workaround === '' ? [] : [`Workaround: ${Workaround}`]),
  ];
  return `[code=${ErrCode}:class=${ErrClass}:scope=${ErrScope}:level=${ErrLevel}], ${parts.join(', ')}`;
}

const textsOf = (result: ProcessResult | undefined): readonly string[] => result?.errors.map(errorText) ?? [];

function relayOf(status: RelayStatus, worker: string, source: string): Relay {
  const errors = textsOf(status.result);
  return {
    target: source,
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
  return failed ? 'broken' : 'held';
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function subTaskOf(status: SubTaskStatus, { worker, source, relay }: Worker): SubTask {
  const errors = textsOf(status.result);
  const { dump, load, sync, validation } = status;
  const { health, reason } = healthOf(status, errors.length > 0, relay);
  const subTask: Writable<SubTask> = {
    target: source,
    task: status.name,
    worker,
    source,
    stage: String(status.stage),
    unit: status.unit === 'InvalidUnit' ? '-' : String(status.unit),
    health,
    reason,
    errors,
    lock: status.unresolvedDDLLockID,
  };
  if (dump) {
    subTask.dump = {
      rows: dump.finishedRows ?? 0,
      totalRows: dump.estimateTotalRows ?? 0,
      bytes: dump.finishedBytes ?? 0,
      bytesPerSecond: Number(dump.bps ?? 0),
    };
  }
  if (load) {
    const speed = load.bps === undefined ? {} : { bytesPerSecond: Number(load.bps) };
    subTask.load = { done: Number(load.finishedBytes), total: Number(load.totalBytes), ...speed };
  }
  if (sync) {
    subTask.sync = {
      events: Number(sync.totalEvents),
      master: sync.masterBinlog,
      at: sync.syncerBinlog,
      synced: sync.synced,
      blocking: sync.blockingDDLs,
      groups: sync.unresolvedGroups.length,
      // Releases before 2.0.7 do not report it.
      ...(sync.secondsBehindMaster !== undefined && { lagSeconds: Number(sync.secondsBehindMaster) }),
      ...(sync.recentRps !== undefined && { rowsPerSecond: Number(sync.recentRps) }),
    };
  }
  if (validation) {
    subTask.validation = {
      running: validation.stage === 'Running',
      at: validation.validatorBinlog,
      pending: countsIn(validation.pendingRowsStatus).reduce((sum, n) => sum + n, 0),
      newErrors: countsIn(validation.errorRowsStatus)[0] ?? 0,
    };
  }
  return subTask;
}

/** The numbers of `new/ignored/resolved: 1/0/0`. A text without them has none. */
const countsIn = (text: string): number[] => /: (\d+)\/(\d+)\/(\d+)/.exec(text)?.slice(1).map(Number) ?? [];

interface Condition {
  readonly health: Health;
  readonly reason: string;
}

const condition = (health: Health, reason = ''): Condition => ({ health, reason });

function healthOf({ stage, unit, sync }: SubTaskStatus, failed: boolean, relay: Relay | undefined): Condition {
  if (failed) return condition('broken');
  if (stage === 'Finished') return condition('finished');
  if (stage === 'New' || stage === 'Resuming') return condition('starting');
  if (stage === 'Paused') return condition('held');
  if (stage !== 'Running') return condition('stuck', `is ${String(stage)}`);
  if (sync && (sync.conflictMsg ?? '') !== '') return condition('stuck', 'has a conflict of DDL statements');
  if (sync && sync.blockingDDLs.length > 0) return condition('stuck', 'waits for a DDL lock');
  const relayStopped = unit === 'Sync' && relay && relay.health !== 'running' && relay.health !== 'starting';
  return relayStopped ? condition('stuck', `its relay is ${relay.stage}`) : condition('running');
}
