// Reads a task file as DM 1.0's strict YAML decoder does: it rejects invalid YAML, unknown keys and wrong types (20003).

import { loadAll, YAML11_SCHEMA, YAMLException } from 'js-yaml';
import { type Shape, TASK } from './task-schema.ts';
import { fileError } from './texts.ts';

export interface InstanceFile {
  'source-id'?: string;
  meta?: { 'binlog-name'?: string; 'binlog-pos'?: number };
  'filter-rules'?: string[];
  'column-mapping-rules'?: string[];
  'route-rules'?: string[];
  'black-white-list'?: string;
  'mydumper-config-name'?: string;
  mydumper?: { 'mydumper-path'?: string };
  'loader-config-name'?: string;
  loader?: object;
  'syncer-config-name'?: string;
  syncer?: object;
}

export interface RouteFile {
  'schema-pattern'?: string;
  'table-pattern'?: string;
  'target-schema'?: string;
  'target-table'?: string;
}

/** A task file as written. Every key may be missing or empty. */
export interface TaskFile {
  name?: string;
  'task-mode'?: string;
  'is-sharding'?: boolean;
  'ignore-checking-items'?: string[];
  'remove-meta'?: boolean;
  'enable-heartbeat'?: boolean;
  timezone?: string;
  'online-ddl-scheme'?: string;
  'target-database'?: { host?: string; port?: number; user?: string; password?: string };
  'mysql-instances'?: (InstanceFile | undefined)[];
  routes?: Record<string, RouteFile>;
  filters?: Record<string, object>;
  'column-mappings'?: Record<string, object>;
  'black-white-list'?: Record<string, object>;
  mydumpers?: Record<string, { 'mydumper-path'?: string }>;
  loaders?: Record<string, object>;
  syncers?: Record<string, object>;
}

/** The file's content, or DM's error text with its stack. */
export function readTaskFile(text: string): { file: TaskFile } | { msg: string } {
  let content: unknown;
  try {
    content = loadAll(text, { schema: YAML11_SCHEMA })[0]; // Go's decoder uses YAML 1.1 and reads only the first document
  } catch (error) {
    const line = error instanceof YAMLException ? (error.mark?.line ?? 0) + 1 : 1;
    const reason = error instanceof YAMLException ? error.reason : String(error);
    return { msg: decodeError(`line ${line}: ${reason}`) };
  }
  const wrong: string[] = [];
  const file = convert(content, TASK, text, wrong);
  if (wrong.length > 0) return { msg: decodeError(`unmarshal errors:\n  ${wrong.join('\n  ')}`) };
  return { file: (file ?? {}) as TaskFile };
}

function decodeError(what: string): string {
  return fileError(20003, `decode config from data: yaml: ${what}`);
}

/**
 * The value as Go's decoder would store it: a scalar is converted to a string where one is expected, and null keeps the
 * default. Mismatches are collected in `wrong` in Go's words.
 */
function convert(value: unknown, shape: Shape, text: string, wrong: string[], near = ''): unknown {
  if (value === null || value === undefined) return undefined;
  const refuse = () => {
    wrong.push(`line ${lineOf(text, near)}: cannot unmarshal ${tagOf(value)} into ${goName(shape)}`);
  };
  if (typeof shape === 'string') {
    if (!fits(value, shape)) return refuse();
    return shape === 'string' ? String(value) : value;
  }
  if ('list' in shape) {
    return Array.isArray(value) ? value.map((item) => convert(item, shape.list, text, wrong, near)) : refuse();
  }
  if (typeof value !== 'object' || Array.isArray(value)) return refuse();
  const out: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const inner = 'map' in shape ? shape.map : Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (inner) out[key] = convert(part, inner, text, wrong, key);
    else if ('struct' in shape) wrong.push(`line ${lineOf(text, key)}: field ${key} not found in type ${shape.struct}`);
  }
  return out;
}

function fits(value: unknown, shape: 'string' | 'int' | 'bool'): boolean {
  if (shape === 'int') return Number.isInteger(value);
  if (shape === 'bool') return typeof value === 'boolean';
  return typeof value !== 'object';
}

function goName(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  if ('struct' in shape) return shape.struct;
  return 'list' in shape ? `[]${goName(shape.list)}` : `map[string]${goName(shape.map)}`;
}

function tagOf(value: unknown): string {
  if (Array.isArray(value)) return '!!seq';
  if (typeof value === 'object') return '!!map';
  const type = typeof value === 'string' ? 'str' : typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'float';
  return `!!${type} \`${String(value).slice(0, 7)}${String(value).length > 7 ? '...' : ''}\``;
}

/** The first line with the key, since the parsed content has no line numbers. */
function lineOf(text: string, key: string): number {
  const quoted = key.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`(^|[\\s{,-])["']?${quoted}["']?\\s*:`);
  return text.split('\n').findIndex((line) => pattern.test(line)) + 1 || 1;
}
