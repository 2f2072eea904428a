// The upstream databases. The sandbox (or a test) decides what happens in them.

import { failed } from './cluster.ts';
import { plainForm, relaySubDir } from './positions.ts';
import type { Ddl, State, Txn, Worker } from './state.ts';
import { relayTexts, stacked } from './texts.ts';

/** Bytes after which an upstream starts a new binlog file. It is small, so that a demonstration of some minutes shows it. */
const FILE_SIZE = 16_384;
/** The size of the format description and the previous GTIDs at the start of a file. */
const FILE_HEADER = 194;

/** Changes some rows: one to three, depending on the number of transactions so far. */
export function writeRows(worker: Worker, rows = 1 + (worker.upstream.seq % 3)): Txn {
  return append(worker, 140 + rows * 92, rows + 1);
}

/** Changes a row in a database that no task replicates. */
export function writeForeign(worker: Worker): Txn {
  return append(worker, 232, 0, { foreign: true });
}

export function alterTable(worker: Worker, ddl: Ddl): Txn {
  const columns = columnsOf(worker, ddl.table);
  const added = /^ADD COLUMN `(\w+)`/i.exec(ddl.change)?.[1];
  const dropped = /^DROP COLUMN `(\w+)`/i.exec(ddl.change)?.[1];
  if (added && !columns.includes(added)) columns.push(added);
  if (dropped && columns.includes(dropped)) columns.splice(columns.indexOf(dropped), 1);
  return append(worker, 112 + ddl.change.length, 1, { ddl });
}

/** FLUSH LOGS: starts a new binlog file. */
export function rotate(worker: Worker): void {
  worker.upstream.end = { file: worker.upstream.end.file + 1, offset: FILE_HEADER };
}

/** The columns of a table in one upstream. All tables start with the same columns. */
export function columnsOf(worker: Worker, table: string): string[] {
  let columns = worker.upstream.columns.get(table);
  if (!columns) {
    columns = ['id', 'name'];
    worker.upstream.columns.set(table, columns);
  }
  return columns;
}

function append(worker: Worker, size: number, events: number, more: Pick<Txn, 'ddl' | 'foreign'> = {}): Txn {
  const { upstream } = worker;
  if (upstream.end.offset > FILE_SIZE) rotate(worker);
  const { file, offset } = upstream.end;
  const end = { file, offset: offset + size };
  const txn: Txn = { seq: upstream.seq + 1, start: { file, offset: offset + 65 }, end, events, ...more };
  upstream.seq = txn.seq;
  upstream.end = end;
  upstream.log.push(txn);
  if (upstream.log.length > upstream.kept * 2) upstream.log.splice(0, upstream.kept);
  return txn;
}

/** The transaction with that number, if it is still kept. */
export function txnAt(worker: Worker, seq: number): Txn | undefined {
  const { log } = worker.upstream;
  return log[seq - (log[0]?.seq ?? 0)];
}

/** Relays what the upstream has, or stops with an error if it is unreachable. It does not recover by itself. */
export function relayOn(worker: Worker): void {
  const { relay, upstream } = worker;
  if (relay.stage !== 'Running') return;
  if (upstream.up) {
    if (relay.position || upstream.seq > relay.received) relay.position = upstream.end;
    relay.received = upstream.seq;
    return;
  }
  relay.stage = 'Paused';
  const text = relayTexts.startFailed(relaySubDir(upstream, relay.suffix), plainForm(relay.position), refused(upstream.address));
  relay.result = failed('UnknownError', stacked(text, 'relay.(*Relay).process'));
}

/** Go's error text for an address on which nothing listens. */
export function refused(address: string): string {
  return `dial tcp ${address}: connect: connection refused`;
}

/** Stops or starts an upstream database. */
export function setUpstream(state: State, address: string, up: boolean): void {
  const worker = state.workers.get(address);
  if (!worker) return;
  if (up && !worker.upstream.up) rotate(worker);
  worker.upstream.up = up;
}

/**
 * Kills or restarts a dm-worker. After a restart, running tasks continue. Manually Paused ones stay Paused, without a unit
 * until they are resumed. Waiting operations are complete by then.
 */
export function setWorker(state: State, address: string, up: boolean): void {
  const worker = state.workers.get(address);
  if (!worker || worker.up === up) return;
  worker.up = up;
  if (!up) return;
  worker.relay.stage = 'Running';
  worker.relay.result = undefined;
  worker.queue = [];
  for (const [name, task] of worker.tasks) {
    task.retry = undefined;
    task.sync.batch = undefined; // the target rolls it back
    task.sync.events = 0;
    task.sync.counted = 0;
    if (task.stage === 'Paused' && !task.result) task.ready = false;
    else if (task.stage === 'Stopped') worker.tasks.delete(name);
    else if (task.stage === 'Paused' && task.waitingSince === undefined) {
      task.stage = task.ready ? 'Running' : 'New';
      task.result = undefined;
    }
  }
}
