// Files that the tests send, by name: small versions of the files used with the real cluster.
// Conditions of the real environment (a target that does not answer, a source with a bad setting) are settings of the sandbox here.

const BODY = `meta-schema: dm_meta
timezone: UTC
target-database: {host: 127.0.0.1, port: 14000, user: root, password: ""}
mydumpers: {global: {mydumper-path: ./bin/mydumper, threads: 2}}
loaders: {global: {pool-size: 4, dir: ./dumped_data}}
syncers: {global: {worker-count: 4, batch: 10}}
`;
const UNITS = 'mydumper-config-name: global, loader-config-name: global, syncer-config-name: global';

const one = (number: number, more = '') => `  - {source-id: mysql-replica-0${number}, black-white-list: lists, ${more}${UNITS}}\n`;

const PLAIN = `name: plain1
task-mode: all
${BODY}black-white-list: {lists: {do-dbs: [plain1]}}
mysql-instances:
${one(1)}`;

const SHARD = `name: shard
task-mode: all
is-sharding: true
${BODY}black-white-list: {lists: {do-dbs: [shop]}}
routes:
  shard-table: {schema-pattern: shop, table-pattern: t_*, target-schema: shop, target-table: t_all}
  shard-schema: {schema-pattern: shop, target-schema: shop}
mysql-instances:
${one(1, 'route-rules: [shard-table, shard-schema], ')}${one(2, 'route-rules: [shard-table, shard-schema], ')}`;

const NO_INIT = `${PLAIN.replace('name: plain1', 'name: noinit').replace('replica-01', 'replica-02').replace('host: 127.0.0.1', 'host: db.invalid')}ignore-checking-items: [all]
`;

const incremental = (name: string, file: string) =>
  PLAIN.replace('name: plain1', `name: ${name}`)
    .replace('task-mode: all', 'task-mode: incremental')
    .replace('black-white-list: lists,', `meta: {binlog-name: ${file}, binlog-pos: 4}, black-white-list: lists,`);

const worker = (number: number) => `server-id = 10${number}
source-id = "mysql-replica-0${number}"
flavor = "mysql"
enable-gtid = false

[from]
host = "127.0.0.1"
user = "root"
password = ""
port = 1330${number + 5}
`;

const deploy = (source: string, address: string) => `[[deploy]]
source-id = "${source}"
dm-worker = "${address}"
`;
const FIRST = deploy('mysql-replica-01', '127.0.0.1:8262');
const SECOND = deploy('mysql-replica-02', '127.0.0.1:8263');

export const FILES: Readonly<Record<string, string>> = {
  'plain1.yaml': PLAIN,
  'plain2.yaml': PLAIN.replace('plain1', 'plain2').replace('replica-01', 'replica-02'),
  'plain1-route.yaml': PLAIN,
  'shard.yaml': SHARD,
  'full1.yaml': PLAIN.replace('name: plain1', 'name: full1').replace('task-mode: all', 'task-mode: full'),
  'autoinc.yaml': SHARD.replace('name: shard', 'name: check-fails'),
  'rowimage.yaml': PLAIN.replace('name: plain1', 'name: check-fails'),
  'badsource.yaml': PLAIN.replace('replica-01', 'replica-77'),
  'badtarget.yaml': PLAIN.replace('host: 127.0.0.1', 'host: db.invalid'),
  'badpw.yaml': PLAIN.replace('password: ""', 'password: plain-text-pw'),
  'encpw.yaml': PLAIN.replace('password: ""', 'password: MKxn0Qo3m3XOyjCnhEMtsUCm83EhGQDZ/T4='),
  'badmode.yaml': PLAIN.replace('task-mode: all', 'task-mode: sometimes'),
  'badkey.yaml': PLAIN.replace('name: plain1', 'no-such-key: 1'),
  'badref.yaml': PLAIN.replace('black-white-list: lists,', 'black-white-list: nolist,'),
  'badtz.yaml': PLAIN.replace('timezone: UTC', 'timezone: Moon/Base'),
  'nometa.yaml': PLAIN.replace('task-mode: all', 'task-mode: incremental'),
  'notyaml.yaml': 'name: [\n',
  'empty.yaml': '',
  'noinit.yaml': NO_INIT,
  'inc1.yaml': incremental('inc1', 'mysql-bin.000001'),
  'inc2.yaml': incremental('inc2', 'mysql-bin.000077'),
  'dm-worker1.toml': worker(1),
  'dm-worker2.toml': worker(2),
  'w-source.toml': worker(1).replace('mysql-replica-01', 'mysql-replica-09'),
  'w-key.toml': `nosuchkey = 1\n${worker(1)}`,
  'w-toml.toml': 'not toml at all',
  'w-port.toml': worker(1).replace('127.0.0.1', 'db.invalid'),
  'dm-master.toml': FIRST + SECOND,
  'm-key.toml': `nosuch = 1\n${FIRST}`,
  'm-toml.toml': 'not toml at all',
  'm-nosource.toml': '[[deploy]]\ndm-worker = "127.0.0.1:8262"\n',
  'm-dup.toml': FIRST + deploy('mysql-replica-02', '127.0.0.1:8262'),
  'm-empty.toml': '',
  'm-one.toml': FIRST,
  'm-two.toml': SECOND,
  'm-three.toml': FIRST + SECOND + deploy('mysql-replica-03', '127.0.0.1:8299'),
};
