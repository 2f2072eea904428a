// The content of each kind of file, from answers.

import { UsageError } from '../../command/errors.ts';
import { generationOf, type Release } from '../../command/release.ts';
import type { FileKind } from '../../config-files/file-kind.ts';
import type { ConfigContent } from '../../config-files/write-config.ts';
import type { Choice } from '../../io/prompter.ts';
import { inOneLine } from '../../text/sanitize.ts';
import {
  deployOf,
  isAddress,
  isDeploy,
  isPort,
  isRoute,
  isServerId,
  isSourceId,
  type Route,
  routeOf,
  type Start,
  startOf,
} from './checks.ts';
import type { Interview } from './interview.ts';

/** What the answers are for, and what is known about the cluster. */
export interface Setting {
  readonly release: Release;
  readonly interview: Interview;
  /** The sources of the cluster with their workers; none if they are unknown. */
  readonly sources: readonly { readonly id: string; readonly worker: string }[];
  /** Asks for a password, and returns it as the file holds it. */
  password(): Promise<string>;
}

interface Recipe {
  /** The suggested name of the file. */
  readonly file: (content: ConfigContent) => string;
  /** The flags that the kind takes, besides --dm. */
  readonly flags: readonly string[];
  /** Those without which nothing can be written, if no user can be asked. */
  readonly required: readonly string[];
  readonly ask: (setting: Setting) => Promise<ConfigContent>;
}

const ACCOUNT = ['host', 'port', 'user', 'password', 'plain'];

/** How to make each kind of file. */
export const RECIPES: Readonly<Record<FileKind, Recipe>> = {
  task: {
    file: (content) => `${fileName(String(content.name))}.yaml`,
    flags: ['name', 'task-mode', 'source-id', 'start', ...ACCOUNT, 'shard-mode', 'schemas', 'route'],
    required: ['name', 'source-id', 'host', 'user', 'password'],
    ask: taskContent,
  },
  source: {
    file: (content) => `${fileName(String(content['source-id']))}.yaml`,
    flags: ['source-id', ...ACCOUNT, 'flavor', 'enable-gtid'],
    required: ['source-id', 'host', 'user', 'password'],
    ask: sourceContent,
  },
  worker: {
    file: () => 'dm-worker.toml',
    flags: ['addr', 'source-id', 'server-id', ...ACCOUNT, 'flavor', 'enable-gtid'],
    required: ['addr', 'source-id', 'host', 'user', 'password'],
    ask: workerContent,
  },
  master: { file: () => 'dm-master.toml', flags: ['addr', 'deploy'], required: ['addr', 'deploy'], ask: masterContent },
};

/** A name without characters that have a meaning in a path or for a shell. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'dm';

async function account(setting: Setting, what: string, port: string): Promise<ConfigContent> {
  const { interview } = setting;
  return {
    host: await interview.text({ flag: 'host', title: 'Host', why: `the host name or IP address of ${what}` }),
    port: Number(
      await interview.text({ flag: 'port', title: 'Port', why: 'its TCP port', suggested: port, fallback: port, check: isPort }),
    ),
    user: await interview.text({ flag: 'user', title: 'User', why: 'the user that DM connects as', suggested: 'root' }),
    password: await setting.password(),
  };
}

async function taskContent(setting: Setting): Promise<ConfigContent> {
  const { interview, release } = setting;
  const isFirst = generationOf(release) === 'v1';
  const name = await interview.text({ flag: 'name', title: 'Name', why: 'the name of the task, unique in the cluster' });
  const mode = await interview.choice({ flag: 'task-mode', title: 'Mode', why: 'what the task does', fallback: 'all' }, [
    ['all', 'copies all rows, then replicates changes'],
    ['full', 'copies all rows, and ends'],
    ['incremental', 'only replicates changes from a position'],
  ]);
  const sources = await sourceIds(setting);
  const starts = mode === 'incremental' ? await startsOf(sources, setting, !isFirst) : undefined;
  const target = await account(setting, 'the target database, a TiDB', '4000');
  const shardMode = await interview.choice(
    {
      flag: 'shard-mode',
      title: 'Shard mode',
      why: 'whether several tables become one, and how their DDL statements are coordinated',
      fallback: 'none',
    },
    [
      ['none', 'each table stays a table of its own'],
      ['pessimistic', 'a DDL statement waits until all shards have reached it'],
      ...(isFirst ? [] : [['optimistic', 'a DDL statement is carried out at once, if it is compatible'] as const]),
    ],
  );
  const schemas = await interview.texts({
    flag: 'schemas',
    title: 'Schemas',
    why: 'the schemas to migrate, separated by commas. * means all, and ~ at the start makes a name a regular expression',
    fallback: '*',
  });
  const routes = await routesOf(shardMode, interview);
  return taskOf({ name, mode, sources, starts, target, shardMode, schemas, routes, isFirst });
}

async function sourceIds({ interview, sources }: Setting): Promise<readonly string[]> {
  const question = {
    flag: 'source-id',
    title: 'Sources',
    why: sources.length > 0 ? 'the sources that the task reads' : 'the source-id of each source that the task reads, separated by commas',
    check: isSourceId,
  };
  const found = await interview.texts(question, sources.map(sourceChoice));
  return [...new Set(found)];
}

const sourceChoice = ({ id, worker }: { readonly id: string; readonly worker: string }): Choice => ({
  value: id,
  short: inOneLine(id),
  label: `${inOneLine(id)} on ${inOneLine(worker)}`,
});

async function startsOf(sources: readonly string[], { interview }: Setting, hasGtid: boolean): Promise<readonly Start[]> {
  const example = `mysql-bin.000003:4${hasGtid ? ' or a GTID set' : ''}`;
  const check = (text: string): string | undefined => (startOf(text, hasGtid) ? undefined : `use a position such as ${example}`);
  const question = { flag: 'start', title: 'Start', check };
  const texts: string[] = [];
  if (interview.has('start') || !interview.asks) {
    texts.push(...(await interview.texts({ ...question, why: `an incremental task needs a start such as ${example} for each source` })));
    if (texts.length !== sources.length) {
      throw new UsageError(`--start has ${texts.length} positions for ${sources.length} sources. Give one for each, in their order`);
    }
  } else {
    for (const id of sources) {
      texts.push(await interview.text({ ...question, why: `where the replication of ${inOneLine(id)} starts, such as ${example}` }));
    }
  }
  return texts.map((text) => startOf(text, hasGtid) as Start);
}

/** The answer that means no routes: a question has no empty answers. */
const NO_ROUTES = '-';

async function routesOf(shardMode: string, interview: Interview): Promise<readonly Route[]> {
  if (!interview.has('route') && (shardMode === 'none' || !interview.asks)) return [];
  const texts = await interview.texts({
    flag: 'route',
    title: 'Routes',
    why: `which tables become one, such as shop_*.order_*=shop.orders, separated by commas. ${NO_ROUTES} leaves it for later`,
    suggested: NO_ROUTES,
    check: (text) => (text === NO_ROUTES ? undefined : isRoute(text)),
  });
  return texts.flatMap((text) => routeOf(text) ?? []);
}

interface TaskAnswers {
  readonly name: string;
  readonly mode: string;
  readonly sources: readonly string[];
  readonly starts: readonly Start[] | undefined;
  readonly target: ConfigContent;
  readonly shardMode: string;
  readonly schemas: readonly string[];
  readonly routes: readonly Route[];
  /** For DM 1.0. */
  readonly isFirst: boolean;
}

const UNITS = [
  { section: 'mydumpers', reference: 'mydumper-config-name', modes: ['all', 'full'], settings: { threads: 4 } },
  { section: 'loaders', reference: 'loader-config-name', modes: ['all', 'full'], settings: { 'pool-size': 16, dir: './dumped_data' } },
  { section: 'syncers', reference: 'syncer-config-name', modes: ['all', 'incremental'], settings: { 'worker-count': 16, batch: 100 } },
] as const;

function taskOf({ name, mode, sources, starts, target, shardMode, schemas, routes, isFirst }: TaskAnswers): ConfigContent {
  const units = UNITS.filter(({ modes }) => (modes as readonly string[]).includes(mode));
  const list = isFirst ? 'black-white-list' : 'block-allow-list';
  const hasList = !schemas.includes('*');
  const rules = namedRoutes(routes);
  const shards: ConfigContent = isFirst ? { 'is-sharding': true } : { 'shard-mode': shardMode };
  const instances = sources.map((id, i) => ({
    'source-id': id,
    ...(starts && { meta: { ...(starts[i] as Start) } }),
    ...(routes.length > 0 && { 'route-rules': Object.keys(rules) }),
    ...(hasList && { [list]: 'chosen' }),
    ...Object.fromEntries(units.map(({ reference }) => [reference, 'global'])),
  }));
  return {
    name,
    'task-mode': mode,
    ...(shardMode !== 'none' && shards),
    'meta-schema': 'dm_meta',
    'target-database': target,
    'mysql-instances': instances,
    ...(routes.length > 0 && { routes: rules }),
    ...(hasList && { [list]: { chosen: { 'do-dbs': schemas } } }),
    ...Object.fromEntries(units.map(({ section, settings }) => [section, { global: settings }])),
  };
}

/** A route of a table also needs one of its schema: statements such as CREATE DATABASE name no table. */
function namedRoutes(routes: readonly Route[]): Record<string, ConfigContent> {
  const named: Record<string, ConfigContent> = {};
  const schemas = new Set(routes.filter((r) => r['table-pattern'] === undefined).map((r) => r['schema-pattern']));
  for (const [i, route] of routes.entries()) {
    named[`route-${i + 1}`] = { ...route };
    const { 'schema-pattern': pattern, 'target-schema': target } = route;
    if (schemas.has(pattern)) continue;
    schemas.add(pattern);
    named[`route-${i + 1}-schema`] = { 'schema-pattern': pattern, 'target-schema': target };
  }
  return named;
}

const onlyOne = (ids: readonly string[]): string => {
  if (ids.length !== 1) throw new UsageError('--source-id: this kind of file has exactly one source');
  return ids[0] as string;
};

const FLAVOR = { flag: 'flavor', title: 'Flavor', why: 'the kind of the database' };
const FLAVORS = [
  ['mysql', ''],
  ['mariadb', ''],
] as const;
const GTID = ['enable-gtid', 'GTID', 'whether DM reads the binlog with GTIDs. The database must have them enabled'] as const;

const newSourceId = async (interview: Interview): Promise<string> =>
  onlyOne(
    await interview.texts({
      flag: 'source-id',
      title: 'Source',
      why: 'the name of the source, unique in the cluster. Task files use it',
      check: isSourceId,
    }),
  );

async function sourceContent(setting: Setting): Promise<ConfigContent> {
  const { interview } = setting;
  const id = await newSourceId(interview);
  const flavor = await interview.choice({ ...FLAVOR, fallback: 'mysql' }, FLAVORS);
  const gtid = await interview.yes(...GTID);
  return {
    'source-id': id,
    'enable-gtid': gtid,
    flavor,
    from: await account(setting, 'the database that DM reads', '3306'),
  };
}

async function workerContent(setting: Setting): Promise<ConfigContent> {
  const { interview, release } = setting;
  const addr = await interview.text({
    flag: 'addr',
    title: 'Address',
    why: 'the address of the worker, as host:port',
    suggested: '127.0.0.1:8262',
    check: isAddress,
  });
  const id = await newSourceId(interview);
  const flavor = await interview.choice({ ...FLAVOR, fallback: 'mysql' }, FLAVORS);
  // DM 1.0.1 does not choose one.
  const needsId = release.minor === 0 && release.patch < 2;
  const serverId =
    needsId || interview.has('server-id')
      ? await interview.text({
          flag: 'server-id',
          title: 'Server ID',
          why: 'a number that no replica of the database has',
          check: isServerId,
        })
      : '';
  const gtid = await interview.yes(...GTID);
  return {
    'worker-addr': addr,
    'source-id': id,
    ...(serverId !== '' && { 'server-id': Number(serverId) }),
    flavor,
    'enable-gtid': gtid,
    from: await account(setting, 'the database that DM reads', '3306'),
  };
}

async function masterContent({ interview, sources }: Setting): Promise<ConfigContent> {
  const addr = await interview.text({
    flag: 'addr',
    title: 'Address',
    why: 'the address of the master, as host:port',
    suggested: '127.0.0.1:8261',
    check: isAddress,
  });
  const texts = await interview.texts({
    flag: 'deploy',
    title: 'Workers',
    why: 'which worker reads which source, such as mysql-01=172.16.10.72:8262, separated by commas',
    suggested: sources.map(({ id, worker }) => `${id}=${worker}`).join(','),
    check: isDeploy,
  });
  const deploy = texts.flatMap((text) => {
    const found = deployOf(text);
    return found ? [{ 'source-id': found.source, 'dm-worker': found.worker }] : [];
  });
  return { 'master-addr': addr, deploy };
}
