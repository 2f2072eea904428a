// A sample task file in the format of DM 2.0 and later.

/** The sandbox accepts it unchanged. Its comments say what to change to see a failure. */
export const SAMPLE_TASK = `# A task for the sandbox: merges the tables shop.t_* of two sources into shop.t_all.
#
#   dmctl> check-task task.yaml
#   dmctl> start-task task.yaml
#   dmctl> query-status demo            Dump for 6 s, Load for 15 s, then Sync
#
# Because of the shard mode, source 1 alters its tables 8 s after Sync has begun, and waits:
#
#   dmctl> show-ddl-locks               shard-ddl-lock since DM 5.4
#   dmctl> unlock-ddl-lock demo-\`shop\`.\`t_all\`
#
# Source 2 follows 90 s later. That resolves a lock that still waits. After an unlock, source 2 waits in a lock of its own.
#
# The name of the task selects other demonstrations:
#   demo-ddl-fails      8 s after Sync a statement fails in the target database:
#                         query-status demo-ddl-fails     shows the error and its position
#                         binlog skip demo-ddl-fails      before DM 5.4: handle-error demo-ddl-fails skip
#   demo-check-fails    the pre-check rejects the task
#
# validation start demo (since DM 6.0): 10 s later, two rows of source 1 differ in the target.
name: demo
task-mode: all                    # full: ends after Load; all: continues with Sync
shard-mode: pessimistic
meta-schema: dm_meta
timezone: UTC

target-database:
  host: 127.0.0.1                 # a host that ends in .invalid cannot be reached
  port: 4000
  user: root
  password: ""

mysql-instances:
  - source-id: mysql-replica-01
    route-rules: [merge-tables, merge-schema]
    block-allow-list: shop-only
    mydumper-config-name: global
    loader-config-name: global
    syncer-config-name: global
  - source-id: mysql-replica-02
    route-rules: [merge-tables, merge-schema]
    block-allow-list: shop-only
    mydumper-config-name: global
    loader-config-name: global
    syncer-config-name: global

routes:
  merge-tables:
    schema-pattern: shop
    table-pattern: t_*
    target-schema: shop
    target-table: t_all
  merge-schema:
    schema-pattern: shop
    target-schema: shop

block-allow-list:
  shop-only:
    do-dbs: [shop]

mydumpers:
  global:
    threads: 4
    chunk-filesize: "64"
    skip-tz-utc: true

loaders:
  global:
    pool-size: 16
    dir: ./dumped_data

syncers:
  global:
    worker-count: 16
    batch: 100
`;
