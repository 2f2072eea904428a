// The texts of errors, in the words of DM.

/** The error text of DM: `[code=…:class=…:scope=…:level=…], Message: …`. */
function dmError(code: number, kind: string, level: string, message: string, after: { cause?: string; fix?: string } = {}): string {
  const cause = after.cause === undefined ? '' : `, RawCause: ${after.cause}`;
  const fix = after.fix === undefined ? '' : `, Workaround: ${after.fix}`;
  return `[code=${code}:class=${kind}:level=${level}], Message: ${message}${cause}${fix}`;
}

const MASTER = 'dm-master:scope=internal';
const SCHEDULER = 'scheduler:scope=internal';
const WORKER = 'dm-worker:scope=internal';
const SYNCER = 'sync-unit:scope=internal';

/** A list as Go prints it. */
export const goList = (items: readonly string[]): string => `[${items.join(' ')}]`;

/** The same error in Go's text of a ProcessError. */
export interface ErrorParts {
  ErrCode: number;
  ErrClass: string;
  ErrScope: string;
  ErrLevel: string;
  Message: string;
  RawCause: string;
  Workaround: string;
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** An error as Go prints the message ProcessError. */
export function goError(e: ErrorParts): string {
  const fields = [
    `ErrCode:${e.ErrCode}`,
    ...(['ErrClass', 'ErrScope', 'ErrLevel', 'Message', 'RawCause', 'Workaround'] as const).flatMap((key) =>
      e[key] === '' ? [] : [`${key}:${quoted(e[key])}`],
    ),
  ];
  return `${fields.join(' ')} `;
}

const DATABASE_FIX = 'Please check the database connection and the database config in configuration file.';
export const refused = (address: string): string => `dial tcp ${address}: connect: connection refused`;

export const master = {
  grpc: (cause: string) => dmError(38008, MASTER, 'high', 'grpc request error', { cause }),
  workerDown: (address: string) =>
    master.grpc(`rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: ${refused(address)}"`),
  noWorkerClient: (source: string) => `${source} relevant worker-client not found`,
  unbound: (source: string) =>
    dmError(38029, MASTER, 'high', master.noWorkerClient(source), {
      fix: 'Please use list-member command to see if the some workers are offline.',
    }),
  unboundTask: (task: string, source: string) =>
    `can't find task=${task} from dm-worker for source=${source}, please use dmctl list-member to check if worker is offline.`,
  lockNotFound: (id: string) =>
    dmError(38019, MASTER, 'high', `lock with ID ${id} not found`, { fix: 'Please use show-ddl-locks command to see lock id.' }),
  ownerNotWaiting: (owner: string, waiting: readonly string[]) =>
    dmError(38022, MASTER, 'high', `owner ${owner} is not waiting for a lock, but sources ${goList(waiting)} are waiting for the lock`),
  worker: (what: string) =>
    dmError(38032, MASTER, 'high', `some error occurs in dm-worker: ${what}`, { fix: 'Please execute `query-status` to check status.' }),
  noExpectedResult: () => dmError(38045, MASTER, 'medium', 'fail to get expected result'),
  noMaster: (name: string) =>
    dmError(38048, MASTER, 'low', `dm-master with name ${name} not exists`, { fix: 'Please use list-member command to see masters.' }),
  noLeader: "[code=38043:class=dm-master:scope=internal:level=high], Message: master is not leader, and can't forward request to leader",
  sourcesNotAdded: (sources: readonly string[]) => `sources ${goList(sources)} haven't been added`,
  noTask: (task: string) => `task ${task} has no source or not exist`,
  noTaskToOperate: (task: string) => `task ${task} has no source or not exist, please check the task name and status`,
  notInTaskFile: "source not found in task's config",
  noSubTask: 'no sub task started',
  noSubTaskNamed: (name: string) => `no sub task with name ${name} has started`,
} as const;

export const scheduler = {
  noWorker: (name: string) => dmError(46004, SCHEDULER, 'medium', `dm-worker with name ${name} not exists`),
  workerOnline: (name: string) =>
    dmError(46005, SCHEDULER, 'medium', `dm-worker with name ${name} is still online`, { fix: 'Please shut it down first.' }),
  invalidMove: (name: string, from: string) =>
    dmError(46006, SCHEDULER, 'medium', `invalid stage transformation for dm-worker ${name}, from ${from} to bound`),
  sourceExists: (id: string) => dmError(46007, SCHEDULER, 'medium', `source config with ID ${id} already exists`),
  noSource: (id: string) => dmError(46008, SCHEDULER, 'medium', `source config with ID ${id} not exists`),
  notBound: (sources: readonly string[]) => dmError(46009, MASTER, 'medium', `sources ${goList(sources)} have not bound`),
  sourceHasTasks: (id: string, tasks: readonly string[]) =>
    dmError(46010, MASTER, 'medium', `source with name ${id} need to operate has existing tasks ${goList(tasks)}`, {
      fix: 'Please `stop-task` first.',
    }),
  taskExists: (task: string, sources: readonly string[], before = '') =>
    dmError(46014, SCHEDULER, 'medium', `${before}subtasks with name ${task} for sources ${goList(sources)} already exist`, {
      fix: 'Please use `query-status` command to see tasks.',
    }),
  noSubTaskOf: (sources: readonly string[]) => dmError(46017, MASTER, 'medium', `sources ${goList(sources)} need to be operate not exist`),
  notInSync: (tasks: readonly string[], source: string) =>
    dmError(46019, SCHEDULER, 'high', `running tasks ${goList(tasks)} to be transferred on source ${source} should in sync unit`),
  relayOfOthers: (workers: readonly string[], sources: readonly string[]) =>
    dmError(46021, SCHEDULER, 'high', `these workers ${goList(workers)} have bound for another sources ${goList(sources)} respectively`, {
      fix: 'Please `start-relay` on free or same source workers.',
    }),
  relayNamed: (workers: readonly string[]) =>
    dmError(46028, SCHEDULER, 'low', `${startedOn(workers)}, so it can't \`start-relay\` without worker name now`, {
      fix: 'Please stop all relay workers first, or specify worker name for `start-relay`.',
    }),
  relayNamedStop: (workers: readonly string[]) =>
    dmError(46029, SCHEDULER, 'low', `${startedOn(workers)}, so it can't \`stop-relay\` without worker name now`, {
      fix: 'Please specify worker names for `stop-relay`.',
    }),
  relayUnnamed: (word: string) =>
    dmError(
      46030,
      SCHEDULER,
      'low',
      `the source has \`start-relay\` automatically for bound worker, so it can't \`${word}\` with worker name now`,
      { fix: 'Please stop relay by `stop-relay` without worker name first.' },
    ),
  workerNotFree: (name: string) => dmError(46033, SCHEDULER, 'low', `dm-worker with name ${name} not free`),
  noFreeWorker: 'source is added but there is no free worker to bound',
} as const;

const startedOn = (workers: readonly string[]): string => `the source has \`start-relay\` with worker name for workers ${goList(workers)}`;

export const worker = {
  noRelay: 'relay is disabled for this source',
  notPaused: (stage: string) => dmError(40051, WORKER, 'high', `current stage is ${stage} but not paused, invalid`),
  noSubTask: (task: string) => dmError(40054, WORKER, 'high', `sub task with name ${task} not found`),
  notSyncing: (unit: string) =>
    dmError(40056, WORKER, 'high', `such operation is only available for syncer, but now syncer is not running. current unit is ${unit}`),
  noError: (source: string) => `source '${source}' has no error`,
  onlyDdl:
    'only support to handle ddl error currently, see https://docs.pingcap.com/tidb-data-migration/stable/error-handling for other errors',
  noOperator: (position: string) => dmError(36065, SYNCER, 'low', `error operator not exist, position: ${position}`),
  onlyDdlSql: () => dmError(36064, SYNCER, 'high', 'only support replace or inject with DDL currently'),
  noSchemaName: (sql: string) => dmError(36024, SYNCER, 'low', `injected DDL ${sql} without schema name not valid`),
  noTable: (table: string) =>
    dmError(10005, 'database:scope=downstream', 'high', `query statement failed: SHOW CREATE TABLE ${table}`, {
      cause: `Error 1146 (42S02): Table '${table.replaceAll('`', '')}' doesn't exist`,
    }),
  noCreateTable: (sql: string) =>
    dmError(44009, 'schema-tracker:scope=internal', 'medium', `${sql} is not a valid \`CREATE TABLE\` statement`, {
      cause: `line 1 column ${sql.length} near "${sql.split(/\s+/).at(-1)}" `,
    }),
  purge: (subDir: string, file: string, known: readonly string[]) =>
    dmError(
      30040,
      'relay-unit:scope=internal',
      'high',
      `get relay files from directory relay-dir before file ${subDir}/${file} with UUIDs ${goList(known)}: UUID ${subDir} in UUIDs ${goList(known)} not found`,
    ),
  noRelayWorker: (source: string) => `relay worker for source ${source} not found, please \`start-relay\` first`,
  noValidator: (task: string, source: string) =>
    dmError(43006, 'validator:scope=not-set', 'medium', `validator not found for task ${task} with source ${source}`),
} as const;

/** Errors about files and databases. `owner` is `config` or `dm-master`. */
export const files = {
  yaml: (what: string, owner = 'dm-master') =>
    dmError(20003, `${owner}:scope=internal`, 'medium', 'decode task config failed', {
      cause: `yaml: ${what}`,
      fix: 'Please check the configuration file has correct YAML format.',
    }),
  noName: () =>
    dmError(20019, MASTER, 'medium', 'must specify a unique task name', {
      fix: 'Please check the `name` config in task configuration file.',
    }),
  mode: () =>
    dmError(20020, MASTER, 'medium', 'please specify right task-mode, support `full`, `incremental`, `all`', {
      fix: 'Please check the `task-mode` config in task configuration file.',
    }),
  noTarget: () =>
    dmError(20021, MASTER, 'medium', 'must specify target-database', {
      fix: 'Please check the `target-database` config in task configuration file.',
    }),
  noInstances: () =>
    dmError(20022, MASTER, 'medium', 'must specify at least one mysql-instances', {
      fix: 'Please check the `mysql-instances` config in task configuration file.',
    }),
  noList: (instance: number, name: string) =>
    dmError(20026, MASTER, 'medium', `mysql-instance(${instance})'s list ${name} not exist in block allow list`, {
      fix: 'Please check the `block-allow-list` config in task configuration file.',
    }),
  noRoute: (instance: number, name: string) =>
    dmError(20023, MASTER, 'medium', `mysql-instance(${instance})'s route-rules ${name} not exist in routes`, {
      fix: 'Please check the `route-rules` config in task configuration file.',
    }),
  noSource: (id: string) =>
    dmError(20031, MASTER, 'medium', `source ${id} in deployment configuration not found`, {
      fix: 'Please use `operate-source create source-config-file-path` to add source.',
    }),
  flavor: (flavor: string) =>
    dmError(11010, 'functional:scope=internal', 'high', `flavor ${flavor} not supported`, {
      fix: 'Please check `flavor` config in source configuration file.',
    }),
  database: (owner: string, cause: string) => dmError(10001, owner, 'high', 'database driver error', { cause, fix: DATABASE_FIX }),
  checkFailed: (detail: string) =>
    dmError(
      26005,
      MASTER,
      'medium',
      `fail to check synchronization configuration with type: check was failed, please see detail\n detail: ${detail}`,
    ),
} as const;
