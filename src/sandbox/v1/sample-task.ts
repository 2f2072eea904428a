// A sample task file in the format of DM 1.0.

/** The sandbox accepts it unchanged. Its comments say what to change to see a failure. */
export const SAMPLE_TASK = `# A task for the sandbox: merges the tables shop.t_* of two sources into shop.t_all.
#
#   dmctl> check-task task.yaml
#   dmctl> start-task task.yaml
#   dmctl> query-status demo            Dump for 6 s, Load for 15 s, then Sync
#
# Because is-sharding is true, source 1 alters its tables 8 s after the start of Sync, and waits:
#
#   dmctl> show-ddl-locks
#   dmctl> unlock-ddl-lock -w 127.0.0.1:8262 demo-\`shop\`.\`t_all\`
#
# If you do nothing, source 2 follows 90 s later, which resolves the lock. If you unlock earlier, source 2 reaches the same
# statement later and waits in a new lock: break-ddl-lock -w 127.0.0.1:8263 demo --skip, then unlock with -f.
# (Without -w, the unlock also includes source 2, which does not wait yet: the lock is removed, but the answer is an error.)
#
# The name of the task selects a demonstration:
#   demo-ddl-fails      8 s after the start of Sync a statement fails in the target database:
#                         query-error demo-ddl-fails      shows the position (failedBinlogPosition)
#                         sql-skip -w 127.0.0.1:8262 -b <that position> demo-ddl-fails
#                         resume-task demo-ddl-fails
#   demo-check-fails    the pre-check rejects the task
#   demo-slow-target, demo-locked-target, demo-busy-neighbour, demo-quiet-upstream
#                       whether a task has caught up, and when this is uncertain:
#                         wait demo-quiet-upstream --for caught-up          ends with status 3
#                         wait demo-quiet-upstream --for caught-up --flush  pauses and resumes it
name: demo
task-mode: all                    # full: ends after Load. all: continues with Sync
is-sharding: true
meta-schema: dm_meta
timezone: UTC

target-database:
  host: 127.0.0.1                 # a host that ends in .invalid cannot be reached
  port: 4000
  user: root
  password: ""                    # DM 1.0 requires encrypted passwords (dmctl -encrypt) and rejects plain ones

mysql-instances:
  - source-id: mysql-replica-01
    route-rules: [merge-tables, merge-schema]
    black-white-list: shop-only
    mydumper-config-name: global
    loader-config-name: global
    syncer-config-name: global
  - source-id: mysql-replica-02
    route-rules: [merge-tables, merge-schema]
    black-white-list: shop-only
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

black-white-list:
  shop-only:
    do-dbs: [shop]

mydumpers:
  global:
    mydumper-path: ./bin/mydumper
    threads: 4
    chunk-filesize: 64
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
