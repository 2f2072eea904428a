// DM's error texts, reproduced exactly: `[code=…:class=…:scope=…:level=…] message`, most of them with a Go stack. dmctl prints
// the stack too, so the sandbox adds two frames where the real master adds about ten.

type Level = 'low' | 'medium' | 'high';

/** An error as DM prints it, without a stack. */
export function dmError(code: number, of: string, message: string, level: Level = 'high', scope = 'internal'): string {
  return `[code=${code}:class=${of}:scope=${scope}:level=${level}] ${message}`;
}

/** Adds a short Go stack that ends in the named function, written as in Go: `dm/master.(*Server).StartTask`. */
export function stacked(text: string, where: string): string {
  const place = /^([\w/-]+)\./.exec(where)?.[1] ?? where;
  const base = '/go/src/github.com/pingcap/dm';
  return `${text}\ngithub.com/pingcap/dm/pkg/terror.(*Error).Generate\n\t${base}/pkg/terror/terror.go:232\ngithub.com/pingcap/dm/${where}\n\t${base}/${place}/server.go:314`;
}

const master = (code: number, message: string) => dmError(code, 'dm-master', message);
const worker = (code: number, message: string) => dmError(code, 'dm-worker', message);
const relay = (code: number, message: string) => dmError(code, 'relay-unit', message);
const sync = (code: number, message: string, level: Level = 'high') => dmError(code, 'sync-unit', message, level);

/** The master's own answers. */
export const masterTexts = {
  noTask: (name: string) => `task ${name} has no workers or not exist, can try \`refresh-worker-tasks\` cmd first`,
  noClients: (addresses: readonly string[]) => `${addresses.join(', ')} relevant worker-client not found`,
  noWorkerClient: (address: string) => `worker ${address} relevant worker-client not found`,
  notInTask: "worker not found in task's config or deployment config",
  noMatch: (task: string, address: string) => `task ${task} and worker ${address} not match, can try \`refresh-worker-tasks\` cmd first`,
  shardingSaved: "request with --sharding saved and will be sent to DDL lock's owner when resolving DDL lock",
  noSubTask: 'no sub task started',
  noSubTaskNamed: (name: string) => `no sub task with name ${name} has started`,
  unknownClient: (address: string) => master(38029, `${address} relevant worker-client not found`),
  opNotSupported: (op: string) => master(38002, `op ${op} not supported`),
  noLock: (id: string) => master(38019, `lock with ID ${id} not found`),
  unknownOwner: (address: string) => master(38021, `worker ${address} relevant worker-client not found`),
  notWaiting: (address: string, id: string) => master(38022, `worker ${address} not waiting for DDL lock ${id}`),
  ownerFails: (address: string) => master(38024, `owner ${address} ExecuteDDL fail`),
  othersFail: (id: string) =>
    master(
      38025,
      `DDL lock ${id} owner ExecuteDDL successfully, so DDL lock removed. but some dm-workers ExecuteDDL fail, you should to handle dm-worker directly`,
    ),
  lockOfRemoved: (address: string) => master(38026, `worker ${address} exist ddl lock, please unlock ddl lock first`),
  timeout: master(38033, 'request is timeout, but request may be successful, please execute `query-status` to check status'),
  notSuccess: (inner: string) => master(38032, `operation not success: ${inner}`),
  unreachable: (address: string) => master(38008, unavailable(address)),
  configOfUnreachable: (address: string) => master(38008, `fetch config of worker ${address}: ${unavailable(address)}`),
};

function unavailable(address: string): string {
  return (
    'grpc request error: rpc error: code = Unavailable desc = all SubConns are in TransientFailure, latest connection error: ' +
    `connection error: desc = "transport: Error while dialing dial tcp ${address}: connect: connection refused"`
  );
}

/** A worker's answers about its subtasks. */
export const workerTexts = {
  notRunning: worker(40050, 'current stage is not running not valid'),
  notPaused: worker(40051, 'current stage is not paused not valid'),
  updateNotPaused: (stage: string) => worker(40052, `can only update task on Paused stage, but current stage is ${stage}`),
  unknownTask: (name: string) => worker(40054, `sub task with name ${name} not found`),
  exists: (name: string) => worker(40055, `sub task ${name} already exists`),
  notSyncer: (unit: string) =>
    worker(40056, `such operation is only available for syncer, but now syncer is not running. current unit is ${unit}`),
  noLockInfo: (id: string) => worker(40061, `DDLLockInfo with ID ${id} not found`),
  execAndSkip: worker(40064, 'execDDL and skipDDL can not specify both at the same time'),
  notSyncUnit: (unit: string) => worker(40065, `only syncer support ExecuteDDL, but current unit is ${unit}`),
  relayTooSlow: (end: string, at: string) =>
    worker(40067, `wait relay catchup timeout, loader end binlog pos: ${end}, relay binlog pos: ${at}`),
  unresolved: (tables: readonly string[]) =>
    sync(36058, `try update config when some tables' ([${tables.join(' ')}]) sharding DDL not synced not supported`),
  notBlocked: sync(36059, 'process unit not waiting for sharding DDL to sync'),
  injectWithoutSchema: (sql: string) => sync(36024, `injected DDL ${sql} without schema name not valid`, 'low'),
  injectTimeout: 'context deadline exceeded',
  initFailed: (unit: string, name: string, cause: string) =>
    dmError(10001, 'database', `fail to initial unit ${unit} of subtask ${name} : database driver error: ${cause}`, 'high', 'downstream'),
  execFailed: (sql: string, cause: string) =>
    dmError(10006, 'database', `execute statement failed: ${sql}: ${cause}`, 'high', 'downstream'),
  noRelayFile: (dir: string, at: string, file: string) =>
    dmError(11025, 'functional', `parse relay dir ${dir} with pos ${at}: base file ${file} in directory ${dir} not found`),
};

/** A worker's answers about its relay. */
export const relayTexts = {
  stage: (now: string, wanted: string, op: string) => worker(40039, `current stage is ${now}, ${wanted} required, relay op ${op}`),
  opNotSupported: (op: string) => worker(40040, `operation ${op} not supported`),
  stoppedMigrate: worker(40053, 'relay unit has stopped, can not be migrated'),
  stoppedUpdate: (stage: string) => worker(40057, `Worker's relay log unit in invalid stage: ${stage}`),
  notAllSync: worker(40058, 'there is a subtask does not run syncer'),
  sourceChanged: worker(40059, 'update source ID is not allowed'),
  badToml: (detail: string) => dmError(40003, 'dm-worker', `toml decode file: ${detail}`, 'medium'),
  unknownOptions: (keys: readonly string[]) =>
    dmError(40004, 'dm-worker', `worker config contains unknown configuration options: ${keys.join(',')}`, 'medium'),
  driver: (cause: string) => dmError(10001, 'database', `database driver error: ${cause}`, 'high', 'not-set'),
  startFailed: (uuid: string, at: string, cause: string) =>
    dmError(30012, 'relay-unit', `start reader for UUID ${uuid}: start sync from position ${at}: ${cause}`, 'high', 'upstream'),
  noGtid: relay(30034, "can only switch relay's master server when GTID enabled"),
  purgePaused: (task: string, stage: string) =>
    relay(30037, `relay log purge is forbidden temporarily, because sub task ${task} current stage is ${stage}, please try again later`),
  purgeRequest: (request: string) => relay(30039, `request ${request} not valid`),
  purgeSubDir: (subDir: string, file: string, known: readonly string[]) =>
    relay(
      30040,
      `get relay files from directory ./relay_log before file ${subDir}/${file} with UUIDs [${known.join(' ')}]: UUID ${subDir} in UUIDs [${known.join(' ')}] not found`,
    ),
};

/** Errors in a task or master file and of the pre-check. The master reports them, so their class is dm-master for every code. */
export function fileError(code: number, message: string, scope = 'internal', level: Level = 'medium'): string {
  return stacked(dmError(code, 'dm-master', message, level, scope), 'dm/master.(*Server).generateSubTask');
}

/** Errors of an update of the master's configuration. */
export const configTexts = {
  parse: (text: string) => `Failed to parse configure from file ./dm-master.toml, detail: ${text}`,
  badToml: (detail: string) => dmError(38013, 'dm-master', `config toml transform: ${detail}`, 'medium'),
  unknownOptions: (keys: readonly string[]) =>
    dmError(38011, 'dm-master', `master config contained unknown configuration options: ${keys.join(',')}`, 'medium'),
  badDeploy: (source: string, address: string) =>
    master(
      38009,
      `user should specify valid relation between source(mysql/mariadb) and dm-worker, config &{MySQL: Source:${source} Worker:${address}} not valid`,
    ),
};

/** The error if an instruction of sql-skip or sql-replace cannot be saved. The client makes the same checks. */
export function sqlArgsError(message: string, of = 'dm-master'): string {
  return dmError(11017, of, message, 'low');
}
