// The upstream databases: what is written to their binlogs.

import type { Ddl, Source, Txn, Upstream } from './state.ts';

/** Transactions that an upstream keeps. Older ones are never asked for. */
const KEPT = 5000;
const ROW_BYTES = 266;
const DDL_BYTES = 150;

/** An upstream with the tables of the demonstrations. */
export function createUpstream(number: number, address = `127.0.0.1:${3305 + number}`): Upstream {
  const two = String(number).padStart(2, '0');
  const tables = ['`shop`.`t_1`', '`shop`.`t_2`', '`shop`.`orders`', '`shop`.`customers`'];
  return {
    up: true,
    address,
    uuid: `53ea0ed1-9bf8-11e6-8bea-64006a8978${two}`,
    end: { file: 1, offset: 3472 },
    seq: 16,
    log: [],
    tables: new Map(tables.map((table) => [table, ['`id` int(11) NOT NULL', '`note` varchar(60) DEFAULT NULL']])),
  };
}

function write(upstream: Upstream, bytes: number, content: Pick<Txn, 'rows' | 'ddl'>): void {
  const start = upstream.end;
  upstream.end = { file: start.file, offset: start.offset + bytes };
  upstream.seq += 1;
  upstream.log.push({ seq: upstream.seq, start, end: upstream.end, ...content });
  if (upstream.log.length > KEPT) upstream.log.shift();
}

/** One transaction with changed rows of shop.customers. */
export function writeRows({ upstream }: Source, rows = 1): void {
  write(upstream, ROW_BYTES, { rows });
}

/** Alters a table. */
export function alterTable({ upstream }: Source, ddl: Ddl): void {
  const column = /^ADD COLUMN (`\w+`) (.+)$/i.exec(ddl.change);
  if (column) upstream.tables.get(ddl.table)?.push(`${column[1]} ${column[2]?.toLowerCase()} DEFAULT NULL`);
  write(upstream, DDL_BYTES, { rows: 0, ddl });
}

/** Begins a new binlog file. */
export function rotate({ upstream }: Source): void {
  upstream.end = { file: upstream.end.file + 1, offset: 342 };
}

/** The transactions after one. */
export function after({ log }: Upstream, seq: number): readonly Txn[] {
  const first = log[0]?.seq ?? 0;
  return log.slice(Math.max(0, seq + 1 - first));
}
