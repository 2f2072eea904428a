// Reads a task file as a DM-master does: it rejects invalid YAML, unknown keys, and references to rules that are not there.

import { readYaml } from '../../text/yaml.ts';
import type { Source, State } from './state.ts';
import { files } from './texts.ts';

export interface InstanceFile {
  'source-id'?: string;
  meta?: { 'binlog-name'?: string; 'binlog-pos'?: number };
  'route-rules'?: string[];
  'block-allow-list'?: string;
  'black-white-list'?: string;
}

interface RouteFile {
  'schema-pattern'?: string;
  'table-pattern'?: string;
  'target-schema'?: string;
  'target-table'?: string;
}

/** A task file as written. Every key may be missing. */
export interface TaskFile {
  name?: string;
  'task-mode'?: 'full' | 'incremental' | 'all';
  'is-sharding'?: boolean;
  'shard-mode'?: string;
  'remove-meta'?: boolean;
  'ignore-checking-items'?: string[];
  'target-database'?: { host?: string; port?: number; user?: string; password?: string };
  'mysql-instances'?: InstanceFile[];
  routes?: Record<string, RouteFile>;
  'block-allow-list'?: Record<string, object>;
  'black-white-list'?: Record<string, object>;
}

const KEYS = new Set(
  [
    'name task-mode is-sharding shard-mode strict-optimistic-shard-mode ignore-checking-items meta-schema enable-heartbeat',
    'heartbeat-update-interval heartbeat-report-interval timezone case-sensitive collation_compatible target-database mysql-instances',
    'online-ddl shadow-table-rules trash-table-rules online-ddl-scheme routes filters column-mappings expression-filter black-white-list',
    'block-allow-list mydumpers loaders syncers validators clean-dump-file ansi-quotes remove-meta experimental',
  ].flatMap((line) => line.split(' ')),
);

/** The content of a task file, or DM's error text. */
export function readTaskFile(state: State, text: string): { file: TaskFile } | { msg: string } {
  const read = readYaml(text);
  if ('problem' in read) return { msg: files.yaml(read.problem.replace(/^line (\d+), column \d+/, 'line $1')) };
  const file = (read.value ?? {}) as TaskFile;
  if (typeof file !== 'object') return { msg: files.yaml('unmarshal errors:\n  line 1: cannot unmarshal !!str into config.TaskConfig') };
  const unknown = Object.keys(file).filter((key) => !KEYS.has(key));
  if (unknown.length > 0) {
    const lines = unknown.map((key) => `line ${lineOf(text, key)}: field ${key} not found in type config.TaskConfig`);
    return { msg: files.yaml(`unmarshal errors:\n  ${lines.join('\n  ')}`) };
  }
  const msg = problemOf(state, file);
  return msg === undefined ? { file } : { msg };
}

const lineOf = (text: string, key: string): number => text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;

function problemOf(state: State, file: TaskFile): string | undefined {
  if (!file.name) return files.noName();
  if (!['full', 'incremental', 'all'].includes(file['task-mode'] ?? '')) return files.mode();
  if (!file['target-database']) return files.noTarget();
  const instances = file['mysql-instances'] ?? [];
  if (instances.length === 0) return files.noInstances();
  for (const [i, instance] of instances.entries()) {
    const list = instance['block-allow-list'] ?? instance['black-white-list'];
    const lists = { ...file['black-white-list'], ...file['block-allow-list'] };
    if (list && !Object.hasOwn(lists, list)) return files.noList(i, list);
    const route = instance['route-rules']?.find((name) => !Object.hasOwn(file.routes ?? {}, name));
    if (route) return files.noRoute(i, route);
  }
  const unknown = sourcesOf(file).find((id) => !state.sources.has(id));
  return unknown === undefined ? undefined : files.noSource(unknown);
}

/** The sources of a task file, in its order. */
export const sourcesOf = (file: TaskFile): string[] => (file['mysql-instances'] ?? []).map((i) => i['source-id'] ?? '');

/** How a task merges tables; undefined if it does not. */
export function shardModeOf(file: TaskFile): 'pessimistic' | 'optimistic' | undefined {
  if (file['shard-mode'] === 'optimistic') return 'optimistic';
  return file['shard-mode'] === 'pessimistic' || file['is-sharding'] ? 'pessimistic' : undefined;
}

/** The table of the target that a table of a source is migrated to: `` `shop`.`t_all` ``. */
export function targetOf(file: TaskFile, source: string, table: string): string {
  const [, schemaName = '', tableName = ''] = /^`(.*)`\.`(.*)`$/.exec(table) ?? [];
  const instance = file['mysql-instances']?.find((i) => i['source-id'] === source);
  const routes = (instance?.['route-rules'] ?? []).flatMap((name) => file.routes?.[name] ?? []);
  const inSchema = routes.filter((route) => matches(route['schema-pattern'] ?? '*', schemaName));
  // A rule for the table comes before one for the whole schema.
  const route =
    inSchema.find((r) => r['table-pattern'] && matches(r['table-pattern'], tableName)) ?? inSchema.find((r) => !r['table-pattern']);
  return `\`${route?.['target-schema'] ?? schemaName}\`.\`${route?.['target-table'] ?? tableName}\``;
}

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(name);

/** The tables of a source that a sharded task merges, by target. */
export function shardsOf(file: TaskFile, source: Source): Map<string, string[]> {
  const shards = new Map<string, string[]>();
  if (!shardModeOf(file)) return shards;
  for (const table of source.upstream.tables.keys()) {
    const target = targetOf(file, source.id, table);
    if (target !== table) shards.set(target, [...(shards.get(target) ?? []), table]);
  }
  return shards;
}
