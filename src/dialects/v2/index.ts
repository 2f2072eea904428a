// The dialect of DM 2.0 and later: the commands and flags that a release has.

import { atLeast, type Release } from '../../command/release.ts';
import type { CommandGroup, CommandSpec, Dialect } from '../../command/spec.ts';
import { clusterQuery } from './cluster-query.ts';
import { binlogCommands } from './commands/binlog.ts';
import { binlogSchemaDelete, binlogSchemaList, binlogSchemaUpdate } from './commands/binlog-schema.ts';
import { checkTask } from './commands/check-task.ts';
import { configCommands } from './commands/config.ts';
import { decrypt, encrypt } from './commands/encrypt.ts';
import { getConfig, getTaskConfig } from './commands/get-config.ts';
import { handleError } from './commands/handle-error.ts';
import { listMember } from './commands/list-member.ts';
import { offlineMember } from './commands/offline-member.ts';
import { operateLeader } from './commands/operate-leader.ts';
import { operateSchema } from './commands/operate-schema.ts';
import { operateSource } from './commands/operate-source.ts';
import { pauseRelay } from './commands/pause-relay.ts';
import { pauseTask } from './commands/pause-task.ts';
import { purgeRelay } from './commands/purge-relay.ts';
import { queryStatus } from './commands/query-status.ts';
import { resumeRelay } from './commands/resume-relay.ts';
import { resumeTask } from './commands/resume-task.ts';
import { shardDdlLock } from './commands/shard-ddl-lock.ts';
import { showDdlLocks } from './commands/show-ddl-locks.ts';
import { startRelay } from './commands/start-relay.ts';
import { startTask } from './commands/start-task.ts';
import { stopRelay } from './commands/stop-relay.ts';
import { stopTask } from './commands/stop-task.ts';
import { transferSource } from './commands/transfer-source.ts';
import { shardDdlLockUnlock, unlockDdlLock } from './commands/unlock-ddl-lock.ts';
import { validationCommands } from './commands/validation.ts';
import type { Has } from './define-command.ts';
import { NUMBERS } from './errors/numbers.ts';
import { BINLOG_POS, CONFIG_PATH, PROGRAM_FLAGS, SOURCE } from './flags.ts';
import { flushFor } from './flush.ts';
import { loadPresenters } from './load-presenters.ts';
import { locksQuery } from './locks-query.ts';
import { mastersQuery, workersQuery } from './masters-query.ts';
import { nameQueries } from './name-queries.ts';
import { positionQuery } from './position-query.ts';
import { schemaFor } from './schema.ts';
import { taskCommand } from './task-command.ts';
import { sentence } from './texts.ts';
import { updatePlan } from './update-plan.ts';

/** The dialect of a release; of the newest one if the release is unknown. */
export function dialectFor(release: Release | undefined): Dialect {
  const has: Has = (since) => atLeast(release, since);
  return {
    name: release?.text ? `DM ${release.text.replace(/^v/, '')}` : 'DM 2.0 or later',
    generation: 'v2',
    release,
    passwordKey: has('8.0') ? 'master' : 'shared',
    helpSummary: sentence('Gets help about any command', has),
    schema: () => schemaFor(release),
    repeatsReads: true,
    reportsLag: has('2.0.7'),
    reportsValidation: has('6.2'),
    waitCommands: { seeErrors: 'query-status <task>', resumeRelay: 'resume-relay -s <source>' },
    allowsUnknownTopics: true,
    globalFlags: [SOURCE],
    programFlags: PROGRAM_FLAGS,
    targetSelector: SOURCE,
    groups: groupsOf(has),
    nameQueries,
    unknownNames: async (answer) => (await loadPresenters()).unknownNames(answer),
    clusterQuery,
    mastersQuery,
    workersQuery,
    locksQuery,
    taskCommand: (action, target) => taskCommand(action, target, has),
    positionQuery,
    errorCodes: NUMBERS,
    flush: flushFor(has),
    errors: async () => (await import('./errors/index.ts')).errorCatalog,
    ...(has('2.0.1') && { taskText: async (task, lookup) => await (await import('./compare-task.ts')).storedText(task, lookup) }),
    updatePlan,
    compareTask: async (file, _cluster, lookup) => (await import('./compare-task.ts')).compare(file, lookup, has),
    commands: commandsOf(has),
  };
}

/** The commands in the order in which the original registers them, which is the order of suggestions. */
function commandsOf(has: Has): readonly CommandSpec[] {
  const all = [
    startTask(has),
    stopTask(has),
    pauseTask(has),
    resumeTask(has),
    checkTask(has),
    queryStatus(has),
    showDdlLocks(has),
    unlockDdlLock(has),
    shardDdlLock(),
    shardDdlLockUnlock(has),
    pauseRelay(has),
    resumeRelay(has),
    purgeRelay(has),
    operateSource(has),
    offlineMember(has),
    operateLeader(has),
    listMember(has),
    operateSchema(has),
    binlogSchemaList(),
    binlogSchemaUpdate(has),
    binlogSchemaDelete(),
    getConfig(has),
    getTaskConfig(),
    handleError(has),
    ...binlogCommands(),
    transferSource(has),
    startRelay(has),
    stopRelay(has),
    ...configCommands(has),
    ...validationCommands(has),
    encrypt(has),
    decrypt(),
  ];
  return all
    .filter(({ since, until }) => (since === undefined || has(since)) && (until === undefined || !has(until)))
    .map((command) => ({ ...command, flags: command.flags.filter(({ since }) => since === undefined || has(since)) }));
}

function groupsOf(has: Has): readonly CommandGroup[] {
  const config = { name: 'config', flags: has('5.4') ? [CONFIG_PATH] : [] };
  if (!has('5.4')) return has('2.0.5') ? [{ ...config, summary: 'Commands to import/export config' }] : [];
  return [
    { name: 'binlog', summary: 'manage or show binlog operations', flags: [BINLOG_POS] },
    { name: 'binlog-schema', summary: 'manage or show table schema in schema tracker', flags: [] },
    { ...config, summary: 'manage config operations' },
    ...(has('6.0') ? [{ name: 'validation', summary: 'operate or query validation task', flags: [] }] : []),
  ];
}
