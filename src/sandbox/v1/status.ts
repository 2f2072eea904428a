// QueryStatus and QueryError.

import type {
  QueryErrorListRequest,
  QueryErrorListResponseInit,
  QueryErrorResponseInit,
  QueryStatusListRequest,
  QueryStatusListResponseInit,
  QueryStatusResponseInit,
  RelayStatusInit,
  SubTaskErrorInit,
  SubTaskStatusInit,
  SyncStatusInit,
} from '../../wire/generated/v1.ts';
import { liveWorker } from './cluster.ts';
import { gtidSet, plainForm, relayForm, relaySubDir } from './positions.ts';
import type { State, SubTask, Worker } from './state.ts';
import { masterTexts, stacked } from './texts.ts';

/** The reported size of a dump in bytes. */
const DUMP_BYTES = 48_318_382;

/**
 * The workers that a query selects: the named ones, else those of the task, else all. Returns the error text if there are
 * none.
 */
function meant(state: State, name: string, named: readonly string[]): string[] | { msg: string } {
  const unknown = named.filter((address) => !state.clients.has(address));
  if (unknown.length > 0) return { msg: masterTexts.noClients(unknown) };
  if (named.length > 0) return [...new Set(named)].sort();
  if (!name) return [...state.clients].sort();
  const workers = state.taskMap.get(name);
  return workers ? [...workers].sort() : { msg: masterTexts.noTask(name) };
}

export function queryStatus(state: State, { name, workers }: QueryStatusListRequest): QueryStatusListResponseInit {
  const addresses = meant(state, name, workers);
  if ('msg' in addresses) return { result: false, msg: addresses.msg };
  return { result: true, workers: addresses.map((address) => workerStatus(state, address, name)) };
}

/** One worker's entry. With a name, of that task only. */
export function workerStatus(state: State, address: string, name: string): QueryStatusResponseInit {
  const worker = liveWorker(state, address);
  if (!worker) {
    return { result: false, worker: address, msg: stacked(masterTexts.unreachable(address), 'dm/master.(*Server).getStatusFromWorkers') };
  }
  const entry = { result: true, worker: address, relayStatus: relayStatus(worker), sourceID: worker.sourceID };
  if (worker.tasks.size === 0) return { ...entry, msg: masterTexts.noSubTask };
  const task = worker.tasks.get(name);
  if (name && !task) return { ...entry, subTaskStatus: [{ name, msg: masterTexts.noSubTaskNamed(name) }] };
  const tasks = task ? [task] : sorted(worker);
  return { ...entry, subTaskStatus: tasks.map((t) => taskStatus(state, worker, t)) };
}

const sorted = (worker: Worker) => [...worker.tasks.values()].sort((a, b) => (a.part.name < b.part.name ? -1 : 1));

function taskStatus(state: State, worker: Worker, task: SubTask): SubTaskStatusInit {
  const { name } = task.part;
  const status: SubTaskStatusInit = { name, stage: task.stage, ...(task.result ? { result: task.result } : {}) };
  if (!task.ready) return status;
  status.unit = task.unit;
  if (task.unit === 'Dump') status.dump = {};
  else if (task.unit === 'Load') status.load = loadStatus(state, task);
  else if (task.unit === 'Sync') {
    status.unresolvedDDLLockID = task.sync.lockID;
    status.sync = syncStatus(worker, task);
  }
  return status;
}

function loadStatus(state: State, task: SubTask) {
  const { dumpMs, loadMs } = state.options;
  const part = loadMs > 0 ? Math.min(1, Math.max(0, (task.spent - dumpMs) / loadMs)) : 1;
  return {
    finishedBytes: BigInt(Math.floor(part * DUMP_BYTES)),
    totalBytes: BigInt(DUMP_BYTES),
    progress: `${(part * 100).toFixed(2)} %`,
    metaBinlog: plainForm(task.dumpPosition),
  };
}

function syncStatus({ upstream, relay }: Worker, task: SubTask): SyncStatusInit {
  const { sync } = task;
  const asked = upstream.up && task.stage !== 'Stopped';
  return {
    totalEvents: BigInt(sync.events),
    totalTps: BigInt(sync.totalTps),
    recentTps: BigInt(sync.recentTps),
    masterBinlog: asked ? plainForm(upstream.end) : '(, 0)',
    masterBinlogGtid: asked ? gtidSet(upstream, upstream.seq) : '',
    syncerBinlog: sync.saved && sync.savedUnder !== undefined ? relayForm({ suffix: sync.savedUnder }, sync.saved) : plainForm(sync.saved),
    blockingDDLs: sync.blocking?.ddls ?? [],
    unresolvedGroups: sync.groups.map(({ target, ddls, first, synced, unsynced }) => ({
      target,
      DDLs: ddls,
      firstPos: relayForm(relay, first.start),
      synced,
      unsynced,
    })),
    synced: asked && plainForm(sync.saved) === plainForm(upstream.end),
  };
}

function relayStatus({ upstream, relay, enableGtid }: Worker): RelayStatusInit {
  if (relay.stage === 'Stopped') return { stage: 'Stopped' };
  // With GTIDs enabled, these are compared. A relay that has just been switched then counts as caught up without a position.
  const caughtUp = enableGtid ? relay.received === upstream.seq : plainForm(relay.position) === plainForm(upstream.end);
  return {
    masterBinlog: upstream.up ? plainForm(upstream.end) : '(, 0)',
    masterBinlogGtid: upstream.up ? gtidSet(upstream, upstream.seq) : '',
    relaySubDir: relaySubDir(upstream, relay.suffix),
    relayBinlog: plainForm(relay.position),
    relayBinlogGtid: enableGtid ? gtidSet(upstream, relay.received) : '',
    relayCatchUpMaster: upstream.up && caughtUp,
    stage: relay.stage,
    ...(relay.result ? { result: relay.result } : {}),
  };
}

export function queryError(state: State, { name, workers }: QueryErrorListRequest): QueryErrorListResponseInit {
  const addresses = meant(state, name, workers);
  if ('msg' in addresses) return { result: false, msg: addresses.msg };
  return { result: true, workers: addresses.map((address) => workerErrors(state, address, name)) };
}

function workerErrors(state: State, address: string, name: string): QueryErrorResponseInit {
  const worker = liveWorker(state, address);
  if (!worker) {
    return { result: false, worker: address, msg: stacked(masterTexts.unreachable(address), 'dm/master.(*Server).getErrorFromWorkers') };
  }
  const RelayError = { msg: worker.relay.stage === 'Stopped' ? 'relay stopped' : '' };
  const entry = { result: true, worker: address, RelayError };
  if (worker.tasks.size === 0) return entry;
  const task = worker.tasks.get(name);
  if (name && !task) return { ...entry, subTaskError: [{ msg: masterTexts.noSubTaskNamed(name) }] };
  return { ...entry, subTaskError: (task ? [task] : sorted(worker)).map(taskError) };
}

/** A real worker crashes on a subtask whose initialization failed. The sandbox answers without the unit's part instead. */
function taskError({ part, stage, unit, ready, sync }: SubTask): SubTaskErrorInit {
  const error: SubTaskErrorInit = { name: part.name, stage };
  if (!ready) return error;
  error.unit = unit;
  if (unit === 'Dump') error.dump = { msg: '' };
  else if (unit === 'Load') error.load = { msg: '' };
  else if (unit === 'Sync') {
    error.sync = {
      errors: sync.failure ? [{ msg: sync.failure.msg, failedBinlogPosition: sync.failure.position, errorSQL: sync.failure.sql }] : [],
    };
  }
  return error;
}
