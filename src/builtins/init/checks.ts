// What makes an answer valid.

import { isBinlogName, isGtidSet } from '../../config-files/lint/formats.ts';
import { checkAddress } from '../../text/address.ts';
import type { Check } from './interview.ts';

const MAX_ID_BYTES = 32;

/** The name of a source. */
export const isSourceId: Check = (text) =>
  Buffer.byteLength(text) > MAX_ID_BYTES ? `use at most ${MAX_ID_BYTES} bytes, not ${Buffer.byteLength(text)}` : undefined;

/** A TCP port. */
export const isPort: Check = (text) => (isWhole(text, 1, 65535) ? undefined : 'use a number from 1 to 65535');

/** A server ID of MySQL. */
export const isServerId: Check = (text) => (isWhole(text, 1, 4294967295) ? undefined : 'use a number from 1 to 4294967295');

const isWhole = (text: string, least: number, most: number): boolean =>
  /^[1-9]\d{0,9}$/.test(text) && Number(text) >= least && Number(text) <= most;

/** The address of a process. */
export const isAddress: Check = (text) => {
  try {
    checkAddress(text);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}. Use host:port`;
  }
};

/** A start of replication: where it is in the binlog. */
export type Start = { readonly 'binlog-name': string; readonly 'binlog-pos': number } | { readonly 'binlog-gtid': string };

const POSITION = /^(.+):(\d{1,10})$/;

/** Reads a start. Undefined for another text. DM 1.0 has no GTID sets in a task file. */
export function startOf(text: string, hasGtid: boolean): Start | undefined {
  if (hasGtid && isGtidSet(text, '')) return { 'binlog-gtid': text };
  const [, name = '', position = ''] = POSITION.exec(text) ?? [];
  if (!isBinlogName(name) || Number(position) > 4294967295) return undefined;
  return { 'binlog-name': name, 'binlog-pos': Number(position) };
}

/** A rule for one table or one schema. */
export interface Route {
  readonly 'schema-pattern': string;
  readonly 'table-pattern'?: string;
  readonly 'target-schema': string;
  readonly 'target-table'?: string;
}

/** Reads `from=to`: db.table=db.table, or db=db. Undefined for another text. */
export function routeOf(text: string): Route | undefined {
  const found = /^([^.=\s]+)(?:\.([^.=\s]+))?=([^.=\s]+)(?:\.([^.=\s]+))?$/.exec(text);
  if (!found) return undefined;
  const [, schema = '', table, toSchema = '', toTable] = found;
  if ((table === undefined) !== (toTable === undefined)) return undefined;
  return {
    'schema-pattern': schema,
    ...(table !== undefined && { 'table-pattern': table }),
    'target-schema': toSchema,
    ...(toTable !== undefined && { 'target-table': toTable }),
  };
}

export const isRoute: Check = (text) => (routeOf(text) ? undefined : 'use db.table=db.table or db=db, such as shop_*.order_*=shop.orders');

/** Reads `source=worker`. Undefined for another text. */
export function deployOf(text: string): { readonly source: string; readonly worker: string } | undefined {
  const at = text.lastIndexOf('=');
  const [source, worker] = [text.slice(0, at), text.slice(at + 1)];
  return at > 0 && isSourceId(source) === undefined && isAddress(worker) === undefined ? { source, worker } : undefined;
}

export const isDeploy: Check = (text) => (deployOf(text) ? undefined : 'use source=host:port, such as mysql-01=172.16.10.72:8262');
