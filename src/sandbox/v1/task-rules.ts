// The checks of a task file before any database is asked, in the order observed on a real DM 1.0.1 cluster.

import type { InstanceFile, TaskFile } from './task-file.ts';
import { dmError, fileError } from './texts.ts';

const CHECKING_ITEMS = [
  'all',
  'auto_increment_ID',
  'binlog_enable',
  'binlog_format',
  'binlog_row_image',
  'dump_privilege',
  'replication_privilege',
  'schema_of_shard_tables',
  'table_schema',
  'version',
];

/** DM's error text for the file, with its stack, or undefined if the file passes. */
export function adjustError(file: TaskFile): string | undefined {
  return headError(file) ?? instancesError(file) ?? timezoneError(file.timezone);
}

function headError(file: TaskFile): string | undefined {
  if (!file.name) return fileError(20019, 'must specify a unique task name');
  if (!['full', 'incremental', 'all'].includes(file['task-mode'] ?? '')) {
    return fileError(20020, 'please specify right task-mode, support `full`, `incremental`, `all`');
  }
  const item = file['ignore-checking-items']?.find((i) => !CHECKING_ITEMS.includes(i));
  if (item !== undefined) return fileError(20001, `checking item ${item} is not supported\n${CHECKING_ITEMS.join('\n')}`);
  const scheme = file['online-ddl-scheme'];
  if (scheme && scheme !== 'gh-ost' && scheme !== 'pt') return fileError(20007, `online scheme ${scheme} not supported`);
  if (!file['target-database']) return fileError(20021, 'must specify target-database');
  if (!file['mysql-instances']?.length) return fileError(20013, 'must specify at least one mysql-instances');
  return undefined;
}

function instancesError(file: TaskFile): string | undefined {
  const seen = new Map<string, number>();
  for (const [i, instance] of (file['mysql-instances'] ?? []).entries()) {
    const own = instanceError(instance);
    if (own) return fileError(own[0], `mysql-instance: ${ordinal(i)}: ${own[1]}`);
    const whole = instance as InstanceFile;
    const source = whole['source-id'] as string;
    const twin = seen.get(source);
    if (twin !== undefined) return fileError(20014, `mysql-instance (${i}) and (${twin}) have same source-id (${source})`);
    seen.set(source, i);
    if (file['task-mode'] === 'incremental' && !whole.meta) {
      return fileError(20022, `mysql-instance(${i}) must set meta for task-mode incremental`);
    }
    const reference = referenceError(file, whole);
    if (reference) return fileError(reference[0], `mysql-instance(${i})'s ${reference[1]}`);
  }
  return undefined;
}

type Numbered = readonly [number, string];

function instanceError(instance: InstanceFile | undefined): Numbered | undefined {
  if (!instance) return [20012, 'mysql instance config must specify'];
  if (!instance['source-id']) return [20005, 'empty source-id not valid'];
  if (instance.meta && !instance.meta['binlog-name']) return [20011, `source ${instance['source-id']}: binlog-name must specify`];
  const units = [
    [20015, 'mydumper'],
    [20016, 'loader'],
    [20017, 'syncer'],
  ] as const;
  for (const [code, unit] of units) {
    if (instance[`${unit}-config-name`] && instance[unit]) return [code, `${unit}-config-name and ${unit} should only specify one`];
  }
  return undefined;
}

function referenceError(file: TaskFile, instance: InstanceFile): Numbered | undefined {
  const lists = [
    [20023, 'route-rules', instance['route-rules'], file.routes, 'routes'],
    [20024, 'filter-rules', instance['filter-rules'], file.filters, 'filters'],
    [20025, 'column-mapping-rules', instance['column-mapping-rules'], file['column-mappings'], 'column-mapping'],
  ] as const;
  for (const [code, what, names, known, where] of lists) {
    const missing = names?.find((name) => !has(known, name));
    if (missing !== undefined) return [code, `${what} ${missing} not exist in ${where}`];
  }
  const list = instance['black-white-list'];
  if (list && !has(file['black-white-list'], list)) return [20026, `list ${list} not exist in black white list`];
  return unitError(file, instance);
}

function unitError(file: TaskFile, instance: InstanceFile): Numbered | undefined {
  const mydumper = instance['mydumper-config-name'];
  if (mydumper && !has(file.mydumpers, mydumper)) return [20027, `mydumper config ${mydumper} not exist in mydumpers`];
  const path = (mydumper ? file.mydumpers?.[mydumper] : instance.mydumper)?.['mydumper-path'];
  if (path === '' && file['task-mode'] !== 'incremental') {
    return [20028, 'mydumper-path must specify a valid path to mydumper binary when task-mode is all or full'];
  }
  const loader = instance['loader-config-name'];
  if (loader && !has(file.loaders, loader)) return [20029, `loader config ${loader} not exist in loaders`];
  const syncer = instance['syncer-config-name'];
  if (syncer && !has(file.syncers, syncer)) return [20030, `syncer config ${syncer} not exist in syncer`];
  return undefined;
}

const has = (known: object | undefined, name: string) => Boolean(known && Object.hasOwn(known, name));

/** 0th, 1st, 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(i: number): string {
  const teen = i % 100 >= 11 && i % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][i % 10] ?? 'th');
  return `${i}${ending}`;
}

function timezoneError(zone: string | undefined): string | undefined {
  if (!zone || zone === 'Local') return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return undefined;
  } catch {
    return fileError(20008, `invalid timezone string: ${zone}: unknown time zone ${zone}`);
  }
}

/** Checks one source's part once its worker is known. DM's files have encrypted passwords, which must at least be base64. */
export function sourceError(source: string, password: string): string | undefined {
  if (source.length > 32) return fileError(20006, `source ${source}: too long source-id not valid`);
  const at = badBase64(password);
  if (at === undefined) return undefined;
  const inner = dmError(11050, 'functional', `decode base64 encoded password ${password}: illegal base64 data at input byte ${at}`);
  return fileError(20010, `source ${source}: decrypt DB password ${password} failed: ${inner}`, 'downstream');
}

/** The offset at which Go's base64 decoder fails, or undefined. */
function badBase64(text: string): number | undefined {
  const bad = text.search(/[^A-Za-z0-9+/=]/);
  if (bad >= 0) return bad;
  const padding = text.indexOf('=');
  if (text.length % 4 !== 0) return padding >= 0 ? padding : text.length - (text.length % 4);
  return padding >= 0 && padding < text.length - 2 ? padding : undefined;
}
