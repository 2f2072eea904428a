// The pre-check of a task against its databases.

import { CHECK_FAILS, unreachableTarget } from './demo.ts';
import { checkpointKey } from './positions.ts';
import type { Source, State } from './state.ts';
import { shardsOf, sourcesOf, type TaskFile } from './task-file.ts';
import { files, refused } from './texts.ts';

interface Item {
  id: number;
  name: string;
  desc: string;
  state: 'success' | 'warn' | 'fail';
  errors?: { severity: 'warn' | 'fail'; short_error: string; self?: string; other?: string }[];
  instruction?: string;
  extra?: string;
}

/** The items for the whole task, for each source, and for each source that is dumped, in DM's spelling. */
const TASK_ITEMS = [
  ['downstream version', 'check whether downstream version is satisfied'],
  ['dump files lightning', 'check whether the target has the privileges to load'],
] as const;
const SOURCE_ITEMS = [
  ['dump_privilege', 'source db dump privilege checker', 'check dump privileges of source DB'],
  ['version', 'mysql_version', 'check whether mysql version is satisfied'],
  ['server_id', 'mysql_server_id', 'check whether mysql server_id has been greater than 0'],
  ['replication_privilege', 'source db replication privilege checker', 'check replication privileges of source DB'],
  ['binlog_enable', 'mysql_binlog_enable', 'check whether mysql binlog is enabled'],
  ['binlog_format', 'mysql_binlog_format', 'check whether mysql binlog_format is ROW'],
  ['binlog_row_image', 'mysql_binlog_row_image', 'check whether mysql binlog_row_image is FULL'],
  ['binlog_db', 'binlog_do_db/binlog_ignore_db check', 'check whether binlog_do_db/binlog_ignore_db has included or excluded the tables'],
  ['online_ddl', 'online ddl checker', 'check if in online ddl phase'],
  ['conn_number', 'mysql connection number check', 'check if the connection concurrency exceeds the maximum connection number'],
  ['table_schema', 'table structure compatibility check', 'check compatibility of table structure'],
] as const;

const SHARD_ITEM = 'schema_of_shard_tables';
const ROW_IMAGE_FIX = "MySQL as source: please execute 'set global binlog_row_image = FULL;'";
const WARNED = 'fail to check synchronization configuration with type: no errors but some warnings\n detail: ';
/** Before 6.0 and since. */
const PASSED = { before: 'check pass!!!', since: 'pre-check is passed. ' } as const;

/** How many items of each kind an answer shows. */
export interface Limits {
  errors: number;
  warnings: number;
}

export interface Checked {
  /** False if the task cannot start. */
  ok: boolean;
  /** The result of the check: that it has passed, its warnings, or DM's error with all findings. */
  text: string;
  /** DM's error if the check could not be made. It is no result of the check. */
  failure?: string;
}

/** Checks a task. */
export function precheck(state: State, file: TaskFile, limits: Limits): Checked {
  const ignored = file['ignore-checking-items'] ?? [];
  if (ignored.includes('all')) return { ok: true, text: state.has('6.0') ? '' : passed(state) };
  const sources = sourcesOf(file).flatMap((id) => state.sources.get(id) ?? []);
  const failure = databaseFailure(file, sources);
  if (failure !== undefined) return { ok: false, text: '', failure };
  const items = itemsOf(file, sources, isStarted(state, file) ? [...ignored, SHARD_ITEM] : ignored);
  const failed = items.filter((i) => i.state === 'fail').length;
  if (failed > 0) return { ok: false, text: files.checkFailed(detail(items, limits)) };
  return { ok: true, text: items.some((i) => i.state === 'warn') ? WARNED + detail(items, limits) : passed(state) };
}

/** Whether a task has a checkpoint. Its tables may differ in the middle of a sharded DDL, so they are not compared. */
const isStarted = (state: State, file: TaskFile): boolean =>
  sourcesOf(file).some((id) => state.checkpoints.has(checkpointKey(file.name ?? '', id)));

const passed = (state: State): string => (state.has('6.0') ? PASSED.since : PASSED.before);

function databaseFailure(file: TaskFile, sources: readonly Source[]): string | undefined {
  const down = sources.find((s) => !s.upstream.up);
  if (down) return files.database('dm-master:scope=upstream', refused(down.upstream.address));
  const cause = unreachableTarget(file['target-database']?.host ?? '');
  return cause ? files.database('dm-master:scope=downstream', cause) : undefined;
}

function itemsOf(file: TaskFile, sources: readonly Source[], ignored: readonly string[]): Item[] {
  const items: Item[] = [];
  const add = (item: Omit<Item, 'id'>) => items.push({ id: items.length, ...item });
  for (const [name, desc] of TASK_ITEMS) add({ name, desc, state: 'success' });
  for (const [i, source] of sources.entries()) {
    for (const [key, name, desc] of SOURCE_ITEMS) {
      if (ignored.includes(key)) continue;
      if (key === 'binlog_row_image' && i === 0 && file.name?.includes(CHECK_FAILS)) {
        const errors = [{ severity: 'fail' as const, short_error: 'binlog_row_image is MINIMAL, and should be FULL' }];
        const extra = `address of db instance - ${source.upstream.address}`;
        add({ name, desc, state: 'fail', errors, instruction: ROW_IMAGE_FIX, extra });
      } else add({ name, desc, state: 'success' });
    }
  }
  if (!ignored.includes(SHARD_ITEM)) {
    for (const target of new Set(sources.flatMap((s) => [...shardsOf(file, s).keys()]))) add(shardItem(file, target, sources));
  }
  return items;
}

/** Checks that all merged tables have the same columns. They differ in the middle of a sharded DDL. */
function shardItem(file: TaskFile, target: string, sources: readonly Source[]): Omit<Item, 'id'> {
  const tables = sources.flatMap((source) =>
    (shardsOf(file, source).get(target) ?? []).map((table) => ({
      source: source.id,
      table,
      columns: (source.upstream.tables.get(table) ?? []).map((c) => /^`(.*?)`/.exec(c)?.[1] ?? ''),
    })),
  );
  const item = { name: `sharding table ${target} consistency checking`, desc: 'check consistency of sharding table structures' };
  const first = tables[0];
  const other = tables.find((t) => t.columns.join() !== first?.columns.join());
  if (!first || !other) return { ...item, state: 'success' };
  const [, schema, table] = /^`(.*)`\.`(.*)`$/.exec(first.table) ?? [];
  return {
    ...item,
    state: 'fail',
    errors: [
      {
        severity: 'fail',
        short_error: `column length mismatch (self: ${first.columns.length} vs other: ${other.columns.length})`,
        self: `sourceID ${first.source} table {${schema} ${table}} columns [${first.columns.join(' ')}]`,
        other: `sourceID ${other.source} table ${other.table} columns [${other.columns.join(' ')}]`,
      },
    ],
    instruction: 'please set same table structure for sharding tables',
    extra: `error on sharding ${target}`,
  };
}

/** Go's indented JSON as the pre-check prints it: with tabs, and indented one level more. Only findings are listed. */
function detail(items: readonly Item[], { errors, warnings }: Limits): string {
  const count = (state: Item['state']) => items.filter((i) => i.state === state).length;
  const shown = { fail: errors, warn: warnings, success: 0 };
  const results = items.filter((item) => shown[item.state]-- > 0);
  const summary = {
    passed: count('fail') === 0,
    total: items.length,
    successful: count('success'),
    failed: count('fail'),
    warning: count('warn'),
  };
  return JSON.stringify({ results, summary }, null, '\t').replaceAll('\n', '\n\t');
}
