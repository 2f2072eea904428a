// `init`: writes a new configuration file from answers.

import { defineBuiltin } from '../../command/registry.ts';

const KINDS = ['task', 'source', 'worker', 'master'];
const MODES = ['all', 'full', 'incremental'];

export const init = defineBuiltin({
  name: 'init',
  usage: `<${KINDS.join('|')}> [file|-] [--dm release]`,
  summary: 'write a new task, source, worker or master file: asks on a terminal, takes flags in a script',
  availability: 'both',
  examples: ['init task', 'init source mysql-01.yaml --dm 8.5'],
  args: { min: 1, max: 2, names: ['<kind>', '[file|-]'], kinds: [{ oneOf: KINDS }, 'file'] },
  flags: [
    {
      name: 'dm',
      kind: 'string',
      usage:
        '`release` of DM, such as 1.0.7, 6.5 or 8.5 (default: that of the DM-master. Without one 8.5, and 1.0.7 for worker and master)',
      values: { oneOf: ['1.0', '2.0', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5', '26.3'] },
      extension: true,
    },
    { name: 'name', kind: 'string', usage: '`name` of the task', values: 'none', extension: true },
    { name: 'task-mode', kind: 'string', usage: `\`mode\` of the task: ${MODES.join(', ')}`, values: { oneOf: MODES }, extension: true },
    { name: 'source-id', kind: 'strings', usage: '`name` of the source. A task can have several', values: 'none', extension: true },
    {
      name: 'start',
      kind: 'strings',
      usage:
        '`position` at which an incremental task starts, such as mysql-bin.000003:4 or a GTID set. One for each source, in their order',
      values: 'none',
      extension: true,
    },
    { name: 'host', kind: 'string', usage: '`host` of the database', values: 'none', extension: true },
    {
      name: 'port',
      kind: 'string',
      usage: '`port` of the database (default 4000 for a task, 3306 for a source)',
      values: 'none',
      extension: true,
    },
    { name: 'user', kind: 'string', usage: '`user` of the database', values: 'none', extension: true },
    {
      name: 'password',
      kind: 'string',
      usage: 'password: `-` reads it from standard input, an empty text means no password',
      values: 'none',
      extension: true,
    },
    { name: 'plain', kind: 'bool', usage: 'write the password in plain text', extension: true },
    {
      name: 'shard-mode',
      kind: 'string',
      usage: '`mode` for sharded tables that become one: none, pessimistic, optimistic (default none)',
      values: { oneOf: ['none', 'pessimistic', 'optimistic'] },
      extension: true,
    },
    { name: 'schemas', kind: 'strings', usage: '`schemas` to migrate (default all)', values: 'none', extension: true },
    {
      name: 'route',
      kind: 'strings',
      usage: '`from=to`: where tables go, such as shop_*.order_*=shop.orders or shop_*=shop',
      values: 'none',
      extension: true,
    },
    {
      name: 'flavor',
      kind: 'string',
      usage: '`kind` of the database of a source: mysql, mariadb',
      values: { oneOf: ['mysql', 'mariadb'] },
      extension: true,
    },
    { name: 'enable-gtid', kind: 'bool', usage: 'read the binlog of a source with GTIDs', extension: true },
    {
      name: 'server-id',
      kind: 'string',
      usage: '`number` of a worker, unique among the replicas of the database',
      values: 'none',
      extension: true,
    },
    { name: 'addr', kind: 'string', usage: 'address of the new worker or master, `host:port`', values: 'none', extension: true },
    {
      name: 'deploy',
      kind: 'strings',
      usage: '`source=worker`: which worker reads which source, such as mysql-01=172.16.10.72:8262',
      values: 'none',
      extension: true,
    },
  ],
});
