// Reads a task file as DM 1.0's strict YAML decoder does: broken YAML, unknown keys and wrong shapes are refused (20003).

import { load, YAMLException } from 'js-yaml';
import { type Shape, TASK } from './task-shape.ts';
import { fileError } from './texts.ts';

export interface InstanceFile {
  'source-id'?: string;
  meta?: { 'binlog-name'?: string; 'binlog-pos'?: number } | null;
  'filter-rules'?: string[];
  'column-mapping-rules'?: string[];
  'route-rules'?: string[];
  'black-white-list'?: string;
  'mydumper-config-name'?: string;
  mydumper?: { 'mydumper-path'?: string } | null;
  'loader-config-name'?: string;
  loader?: object | null;
  'syncer-config-name'?: string;
  syncer?: object | null;
}

export interface RouteFile {
  'schema-pattern'?: string;
  'table-pattern'?: string;
  'target-schema'?: string;
  'target-table'?: string;
}

/** A task file as written; every key may be missing or empty. */
export interface TaskFile {
  name?: string;
  'task-mode'?: string;
  'is-sharding'?: boolean;
  'ignore-checking-items'?: string[];
  'remove-meta'?: boolean;
  timezone?: string;
  'online-ddl-scheme'?: string;
  'target-database'?: { host?: string; port?: number; user?: string; password?: string } | null;
  'mysql-instances'?: (InstanceFile | null)[];
  routes?: Record<string, RouteFile | null>;
  filters?: Record<string, object | null>;
  'column-mappings'?: Record<string, object | null>;
  'black-white-list'?: Record<string, object | null>;
  mydumpers?: Record<string, { 'mydumper-path'?: string } | null>;
  loaders?: Record<string, object | null>;
  syncers?: Record<string, object | null>;
}

/** The file's content, or DM's error text with its stack. */
export function readTaskFile(text: string): { file: TaskFile } | { msg: string } {
  let content: unknown;
  try {
    content = text.trim() === '' ? {} : (load(text) ?? {});
  } catch (error) {
    const line = error instanceof YAMLException ? (error.mark?.line ?? 0) + 1 : 1;
    const reason = error instanceof YAMLException ? error.reason : String(error);
    return { msg: decodeError(`line ${line}: ${reason}`) };
  }
  const wrong: string[] = [];
  compare(content, TASK, text, wrong);
  if (wrong.length > 0) return { msg: decodeError(`unmarshal errors:\n  ${wrong.join('\n  ')}`) };
  return { file: content as TaskFile };
}

function decodeError(what: string): string {
  return fileError(20003, `decode config from data: yaml: ${what}`);
}

/** Collects, in Go's words, what does not fit. null fits everywhere: it leaves the default. */
function compare(value: unknown, shape: Shape, text: string, wrong: string[], near = ''): void {
  if (value === null || value === undefined || shape === 'any') return;
  if (typeof shape === 'string') {
    if (!fits(value, shape)) wrong.push(`line ${lineOf(text, near)}: cannot unmarshal ${tagOf(value)} into ${shape}`);
    return;
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) wrong.push(`line ${lineOf(text, near)}: cannot unmarshal ${tagOf(value)} into []${goName(shape.list)}`);
    else for (const item of value) compare(item, shape.list, text, wrong, near);
    return;
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    wrong.push(`line ${lineOf(text, near)}: cannot unmarshal ${tagOf(value)} into ${goName(shape)}`);
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    const inner = 'map' in shape ? shape.map : Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (inner) compare(part, inner, text, wrong, key);
    else if ('struct' in shape) wrong.push(`line ${lineOf(text, key)}: field ${key} not found in type ${shape.struct}`);
  }
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

/** The first line that has the key; the parsed content does not say where it came from. */
function lineOf(text: string, key: string): number {
  const quoted = key.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`(^|[\\s{,-])["']?${quoted}["']?\\s*:`);
  return text.split('\n').findIndex((line) => pattern.test(line)) + 1 || 1;
}
