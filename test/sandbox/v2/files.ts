// Task files for the tests of the sandbox of DM 2.0 and later.

const TARGET = 'target-database: {host: 127.0.0.1, port: 4000, user: root, password: ""}';
const R1 = 'mysql-replica-01';
const R2 = 'mysql-replica-02';

function task(name: string, sources: readonly string[], more = ''): string {
  const instances = sources.map(
    (id) => `  - {source-id: ${id}, block-allow-list: shop, route-rules: [${/routes:/.test(more) ? 'r' : ''}]}`,
  );
  return `name: ${name}
task-mode: ${/task-mode/.test(more) ? '' : 'all'}
${TARGET}
mysql-instances:
${instances.join('\n')}
block-allow-list: {shop: {do-dbs: [shop]}}
${more}`.replace(/^task-mode: \n/m, '');
}

const ROUTES = 'routes: {r: {schema-pattern: sh1, table-pattern: "t_*", target-schema: sh, target-table: t_all}}\n';

/** Texts of files by name. */
export const FILES: Readonly<Record<string, string>> = {
  'plain.yaml': task('plain', [R1]),
  'ddl.yaml': task('ddl', [R1]),
  'ddl2.yaml': task('ddl2', [R1]),
  'two.yaml': task('two', [R1, R2]),
  'val.yaml': task('val', [R1, R2]),
  'full.yaml': task('fullonly', [R1], 'task-mode: full\n'),
  'slow.yaml': task('slow', [R1]),
  'badsource.yaml': task('badsource', ['nosuch']),
  'badmode.yaml': task('badmode', [R1], 'task-mode: some\n'),
  'noname.yaml': task('', [R1]),
  'norule.yaml': task('norule', [R1]).replace('block-allow-list: {shop:', 'block-allow-list: {other:'),
  'unknownkey.yaml': `${task('plain', [R1])}nosuchkey: 1\n`,
  'badtarget.yaml': task('badtarget', [R1]).replace('host: 127.0.0.1', 'host: tidb.invalid'),
  'shard.yaml': task('shard', [R1, R2], `shard-mode: pessimistic\n${ROUTES}`),
  'opt.yaml': task(
    'opt',
    [R1, R2],
    `shard-mode: optimistic\n${ROUTES.replace('sh1', 'opt1').replace('"t_*"', '"o_*"').replace('target-schema: sh,', 'target-schema: opt,').replace('t_all', 'o_all')}`,
  ),
  'source1.yaml': `source-id: ${R1}\nfrom: {host: 127.0.0.1, port: 3306, user: root, password: ""}\n`,
  'source-sameaddr.yaml': 'source-id: mysql-replica-06\nfrom: {host: 127.0.0.1, port: 3306, user: root, password: ""}\n',
  'source-flavor.yaml': 'source-id: mysql-replica-08\nflavor: oracle\nfrom: {host: 127.0.0.1, port: 3306, user: root, password: ""}\n',
  'source-unreachable.yaml': 'source-id: mysql-replica-09\nfrom: {host: db.invalid, port: 3306, user: root, password: ""}\n',
};
