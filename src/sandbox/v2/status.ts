// QueryStatus.

import type {
  QueryStatusListRequest,
  QueryStatusListResponseInit,
  QueryStatusResponseInit,
  RelayStatusInit,
  ShardingGroupInit,
  SubTaskStatusInit,
  SyncStatusInit,
} from '../../wire/generated/v2.ts';
import { sortedSources, workerOf } from './cluster.ts';
import { gtidSet, location, plainForm, relayForm, relaySubDir } from './positions.ts';
import type { Source, State, SubTask } from './state.ts';
import { master } from './texts.ts';
import { validationStatus } from './validation.ts';

/** The reported size of a dump in bytes and rows. */
const DUMP = { bytes: 48_318_382, rows: 97_000 };
/** Milliseconds between two queries from which on the second one has rates. */
const RATE_MS = 1000;

export function queryStatus(state: State, { name, sources }: QueryStatusListRequest): QueryStatusListResponseInit {
  const unknown = sources.filter((id) => !state.sources.has(id));
  if (unknown.length > 0) return { result: false, msg: master.sourcesNotAdded(unknown) };
  const task = state.tasks.get(name);
  if (name && !task && sources.length === 0) return { result: false, msg: master.noTask(name) };
  const named = sources.length > 0 ? sources : task?.sources;
  if (!named) return { result: true, sources: sortedSources(state).flatMap((source) => entriesOf(state, source, '', false)) };
  return {
    result: true,
    sources: [...named].sort().flatMap((id) => entriesOf(state, state.sources.get(id) as Source, name, true)),
  };
}

/** The entries of a source: one for its worker, and one for each other worker that pulls its relay log. */
function entriesOf(state: State, source: Source, name: string, named: boolean): QueryStatusResponseInit[] {
  const others = (source.relay?.workers ?? []).filter((w) => w !== source.worker);
  return [
    ...ownEntries(state, source, name, named),
    ...others.map((worker) => ({
      result: true,
      msg: master.noSubTask,
      sourceStatus: { source: source.id, worker, relayStatus: relayStatus(source) },
    })),
  ];
}

function ownEntries(state: State, source: Source, name: string, named: boolean): QueryStatusResponseInit[] {
  const { id } = source;
  const worker = workerOf(state, source);
  if (!worker) {
    if (named) return [{ result: false, msg: master.unbound(id), sourceStatus: { source: id } }];
    return sortedTasks(source).map((task) => ({
      result: false,
      msg: master.unboundTask(task.name, id),
      sourceStatus: { source: id, worker: 'source not bound' },
      subTaskStatus: [{ name: task.name }],
    }));
  }
  if (worker.downSince !== undefined) return [{ result: false, msg: master.workerDown(worker.address), sourceStatus: { source: id } }];
  const sourceStatus = { source: id, worker: worker.name, relayStatus: relayStatus(source) };
  if (source.tasks.size === 0) return [{ result: true, msg: master.noSubTask, sourceStatus }];
  const task = source.tasks.get(name);
  if (name && !task) return [{ result: true, sourceStatus, subTaskStatus: [{ name, msg: master.noSubTaskNamed(name) }] }];
  const tasks = task ? [task] : sortedTasks(source);
  return [{ result: true, sourceStatus, subTaskStatus: tasks.map((t) => subTaskStatus(state, source, t)) }];
}

const sortedTasks = ({ tasks }: Source): SubTask[] => [...tasks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

function subTaskStatus(state: State, source: Source, task: SubTask): SubTaskStatusInit {
  const { name, stage, unit, result } = task;
  const validation = validationStatus(source, task);
  return {
    name,
    stage,
    unit,
    ...(result && { result }),
    ...(unit === 'Dump' && { dump: dumpStatus(state, task) }),
    ...(unit === 'Load' && { load: loadStatus(state, source, task) }),
    ...(unit === 'Sync' && { sync: syncStatus(state, source, task) }),
    ...(validation && { validation }),
  };
}

const shareOf = (spent: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, spent / whole)) : 1);
const rateOf = (state: State): bigint => BigInt(Math.floor((DUMP.bytes / Math.max(1, state.options.loadMs)) * 1000));

function dumpStatus(state: State, { spent }: SubTask) {
  const share = shareOf(spent, state.options.dumpMs);
  return {
    totalTables: 4n,
    completedTables: Math.floor(share * 4),
    finishedBytes: Math.floor(share * DUMP.bytes),
    finishedRows: Math.floor(share * DUMP.rows),
    estimateTotalRows: DUMP.rows,
    bps: rateOf(state),
    progress: `${(share * 100).toFixed(2)} %`.padStart(7),
  };
}

function loadStatus(state: State, { upstream }: Source, { spent, dumped }: SubTask) {
  const share = shareOf(spent - state.options.dumpMs, state.options.loadMs);
  return {
    finishedBytes: BigInt(Math.floor(share * DUMP.bytes)),
    totalBytes: BigInt(DUMP.bytes),
    progress: `${(share * 100).toFixed(2)} %`,
    metaBinlog: plainForm(dumped.position),
    metaBinlogGTID: gtidSet(upstream, dumped.seq),
    bps: rateOf(state),
  };
}

function syncStatus(state: State, { id, upstream, relay }: Source, task: SubTask): SyncStatusInit {
  const { sync } = task;
  const { saved } = sync;
  const [total, recent] = task.stage === 'Running' ? countRates(state, task) : [0, 0];
  const events = BigInt(sync.events);
  return {
    totalEvents: events,
    totalTps: BigInt(total),
    recentTps: BigInt(recent),
    masterBinlog: upstream.up ? plainForm(upstream.end) : '',
    masterBinlogGtid: upstream.up ? gtidSet(upstream, upstream.seq) : '',
    syncerBinlog: saved.inRelay ? relayForm(saved.position) : plainForm(saved.position),
    syncerBinlogGtid: gtidSet(upstream, saved.seq),
    blockingDDLs: sync.blocking?.ddls ?? [],
    unresolvedGroups: groupsOf(state, id, upstream, task),
    synced: upstream.up && plainForm(saved.position) === plainForm(upstream.end),
    binlogType: relay ? 'local' : 'remote',
    totalRows: events,
    totalRps: BigInt(total),
    recentRps: BigInt(recent),
  };
}

/** Rates are computed at a query, and only when the last one is a second ago. Otherwise they are 0. */
function countRates(state: State, { sync }: SubTask): [total: number, recent: number] {
  const elapsed = state.now - sync.counted.at;
  if (elapsed < RATE_MS) return [0, 0];
  const recent = Math.floor(((sync.events - sync.counted.events) / elapsed) * 1000);
  sync.counted = { at: state.now, events: sync.events };
  return [Math.floor((sync.events / Math.max(1, state.now - sync.began)) * 1000), Math.max(0, recent)];
}

/** The groups of a sub task, and one without DDLs for each lock whose DDL it has not received. */
function groupsOf(state: State, id: string, upstream: Source['upstream'], { name, sync }: SubTask): ShardingGroupInit[] {
  const own = sync.groups.map(({ target, ddls, first, synced, unsynced }) => ({
    target,
    DDLs: ddls,
    firstLocation: location(first.start, gtidSet(upstream, first.seq - 1)).slice(1, -1),
    synced,
    unsynced,
  }));
  const others = [...state.locks.values()]
    .filter((lock) => lock.task === name && lock.mode === 'pessimistic' && lock.reached.get(id) === false)
    .map((lock) => lock.ID.slice(name.length + 1))
    .filter((target) => !sync.groups.some((g) => g.target === target))
    .map((target) => ({ target, unsynced: ["this DM-worker doesn't receive any shard DDL of this group"] }));
  return [...own, ...others];
}

function relayStatus(source: Source): RelayStatusInit | undefined {
  const { relay, upstream } = source;
  if (!relay) return undefined;
  return {
    masterBinlog: upstream.up ? plainForm(upstream.end) : '',
    masterBinlogGtid: upstream.up ? gtidSet(upstream, upstream.seq) : '',
    relaySubDir: relaySubDir(source),
    relayBinlog: plainForm(relay.position),
    relayBinlogGtid: gtidSet(upstream, relay.received),
    relayCatchUpMaster: upstream.up && relay.received === upstream.seq,
    stage: relay.stage,
    ...(relay.result && { result: relay.result }),
  };
}
