// The pre-check of a task against its databases (26005): seven items for each source and one for a sharded target.

import { CHECK_FAILS, unreachableTarget } from './demo.ts';
import type { State, TaskPart, Worker } from './state.ts';
import { fileError } from './texts.ts';
import { columnsOf, refused } from './upstream.ts';

interface Item {
  id: number;
  name: string;
  desc: string;
  state: 'success' | 'fail' | 'warn';
  errorMsg: string;
  instruction: string;
  extra: string;
}

/** The items of each source: the name in `ignore-checking-items`, and the name and description in the answer (DM's spelling). */
const SOURCE_ITEMS = [
  ['version', 'mysql_version', 'check whether mysql version is satisfied'],
  ['binlog_enable', 'mysql_binlog_enable', 'check whether mysql binlog is enabled'],
  ['binlog_format', 'mysql_binlog_format', 'check whether mysql binlog_format is ROW'],
  ['binlog_row_image', 'mysql_binlog_row_image', 'check whether mysql binlog_row_image is FULL'],
  ['dump_privilege', 'source db dump privilege chcker', 'check dump privileges of source DB'],
  ['replication_privilege', 'source db replication privilege chcker', 'check replication privileges of source DB'],
  ['table_schema', 'table structure compatibility check', 'check compatibility of table structure'],
] as const;

export interface Checked {
  part: TaskPart;
  worker: Worker;
}

/** DM's error text for a task that fails the pre-check, or undefined. `ignored` is the task file's ignore-checking-items. */
export function precheckError(state: State, checked: readonly Checked[], ignored: readonly string[]): string | undefined {
  if (ignored.includes('all')) return undefined;
  const unreachable = databaseError(checked);
  if (unreachable) return unreachable;
  const items: Item[] = [];
  for (const [i, { part, worker }] of checked.entries()) {
    for (const [key, name, desc] of SOURCE_ITEMS) {
      if (ignored.includes(key)) continue;
      const extra = `address of db instance - ${worker.upstream.address}`;
      const item: Item = { id: items.length, name, desc, state: 'success', errorMsg: '', instruction: '', extra };
      if (key === 'binlog_row_image' && i === 0 && part.name.includes(CHECK_FAILS)) {
        item.state = 'fail';
        item.errorMsg = 'binlog_row_image is MINIMAL, and should be FULL';
        item.instruction = "please execute 'set global binlog_row_image = FULL;'";
      }
      items.push(item);
    }
  }
  if (!ignored.includes('schema_of_shard_tables')) {
    for (const target of new Set(checked.flatMap((c) => c.part.shard?.target ?? []))) items.push(shardItem(items.length, target, checked));
  }
  const failures = items.filter((i) => i.state === 'fail').length;
  if (failures === 0) return undefined;
  state.shuffles += 1;
  return fileError(26005, `${CHECK_FAILED}\n detail: ${detail(shuffled(items, state.shuffles), failures)}`);
}

const CHECK_FAILED = 'fail to check synchronization configuration with type CheckFailed: check was failed, please see detail';

function databaseError(checked: readonly Checked[]): string | undefined {
  const open = (user: string, at: string, cause: string, scope: string) =>
    fileError(26002, `fail to initial checker: failed to open DSN ${user}:***@${at}: ${cause}`, scope, 'high');
  for (const { part, worker } of checked) {
    const { address, up } = worker.upstream;
    if (!up) return open('root', address, refused(address), 'upstream');
    const cause = unreachableTarget(part.targetHost);
    if (cause) return open(part.targetUser, `${part.targetHost}:${part.targetPort}`, cause, 'downstream');
  }
  return undefined;
}

/** Checks that all merged tables have the same columns. They differ in the middle of a sharded DDL. */
function shardItem(id: number, target: string, checked: readonly Checked[]): Item {
  const tables = checked.flatMap(({ part, worker }) =>
    part.shard?.target === target ? part.shard.tables.map((table) => ({ table, columns: columnsOf(worker, table) })) : [],
  );
  const item: Item = {
    id,
    name: `sharding table ${target} consistency checking`,
    desc: 'check consistency of sharding table structures',
    state: 'success',
    errorMsg: '',
    instruction: '',
    extra: '',
  };
  const first = tables[0];
  const other = tables.find((t) => t.columns.join() !== first?.columns.join());
  if (!first || !other) return item;
  const listed = ({ table, columns }: { table: string; columns: string[] }) => `${table}\ncolumns ${columns.join('\n')}\n`;
  const lengths = `column length mismatch (${first.columns.length} vs ${other.columns.length})`;
  const errorMsg = `${lengths}\n table ${listed(first)}\ntable${listed(other)}`;
  return { ...item, state: 'fail', errorMsg, instruction: 'please set same table structure for sharding tables' };
}

/** DM checks in parallel, so its items come in any order. Here the order depends on `seed`. */
function shuffled(items: readonly Item[], seed: number): Item[] {
  const out = [...items];
  let random = seed * 2_654_435_761;
  for (let i = out.length - 1; i > 0; i--) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const j = (random >>> 8) % (i + 1);
    [out[i], out[j]] = [out[j] as Item, out[i] as Item];
  }
  return out;
}

/** Go's indented JSON as the pre-check prints it: with tabs, and indented one level more. */
function detail(results: readonly Item[], failures: number): string {
  const summary = { passed: false, total: results.length, successful: results.length - failures, failed: failures, warning: 0 };
  return JSON.stringify({ results, summary }, null, '\t').replaceAll('\n', '\n\t');
}
