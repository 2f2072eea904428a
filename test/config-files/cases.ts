// Builds configuration files for tests, and lints them.

import { type FileKind, releaseOf } from '../../src/config-files/file-kind.ts';
import type { Finding } from '../../src/config-files/lint/finding.ts';
import { lintFile } from '../../src/config-files/lint/lint.ts';

/** A task file that every release from 2.0 on accepts. */
export const TASK = `name: orders
task-mode: all
target-database:
  host: 127.0.0.1
  port: 4000
  user: root
  password: ""
mysql-instances:
  - source-id: replica-01
    block-allow-list: shops
    route-rules: [orders]
    filter-rules: [no-drops]
    mydumper-config-name: global
    loader-config-name: global
    syncer-config-name: global
block-allow-list:
  shops:
    do-dbs: ["~^shop_[0-9]+$"]
routes:
  orders:
    schema-pattern: "shop_*"
    table-pattern: "order_*"
    target-schema: shop
    target-table: orders
filters:
  no-drops:
    schema-pattern: "shop_*"
    events: ["drop table"]
    action: Ignore
mydumpers:
  global:
    threads: 4
loaders:
  global:
    pool-size: 16
syncers:
  global:
    batch: 100
`;

/** The same for DM 1.0. */
export const TASK_V1 = TASK.replaceAll('block-allow-list', 'black-white-list');

export const SOURCE = `source-id: replica-01
flavor: mysql
server-id: 101
from:
  host: 127.0.0.1
  port: 3306
  user: root
  password: ""
checker:
  backoff-max: 5m
`;

export const WORKER = `worker-addr = "127.0.0.1:8262"
source-id = "replica-01"
flavor = "mysql"
server-id = 101

[from]
host = "127.0.0.1"
port = 3306
user = "root"
password = ""
`;

export const MASTER = `master-addr = "127.0.0.1:8261"
rpc-timeout = "30s"
rpc-rate-limit = 10.0

[[deploy]]
source-id = "replica-01"
dm-worker = "127.0.0.1:8262"
`;

/** The findings in a text. Without a release, for 8.5 or 1.0.7. */
export async function findingsIn(text: string | Buffer, dm?: string, kind?: FileKind): Promise<readonly Finding[]> {
  const bytes = Buffer.from(text as string);
  const isToml = kind === 'worker' || kind === 'master';
  return (await lintFile(bytes, { release: releaseOf(dm ?? (isToml ? '1.0.7' : '8.5')), kind })).findings;
}

/** The findings as `line severity rule code`. */
export async function briefly(text: string | Buffer, dm?: string, kind?: FileKind): Promise<string[]> {
  return (await findingsIn(text, dm, kind)).map((f) => `${f.line} ${f.severity} ${f.rule}${f.code === '' ? '' : ` ${f.code}`}`);
}
