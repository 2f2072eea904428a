// DM 1.0's dialect: its commands in the order in which the original registers them.

import type { Dialect } from '../../command/spec.ts';
import type { Schema } from '../../wire/schema.ts';
import { status } from './cluster-query.ts';
import { breakDdlLock } from './commands/break-ddl-lock.ts';
import { checkTask } from './commands/check-task.ts';
import { migrateRelay } from './commands/migrate-relay.ts';
import { pauseRelay } from './commands/pause-relay.ts';
import { pauseTask } from './commands/pause-task.ts';
import { purgeRelay } from './commands/purge-relay.ts';
import { queryError } from './commands/query-error.ts';
import { queryStatus } from './commands/query-status.ts';
import { refreshWorkerTasks } from './commands/refresh-worker-tasks.ts';
import { resumeRelay } from './commands/resume-relay.ts';
import { resumeTask } from './commands/resume-task.ts';
import { showDdlLocks } from './commands/show-ddl-locks.ts';
import { sqlInject } from './commands/sql-inject.ts';
import { sqlReplace } from './commands/sql-replace.ts';
import { sqlSkip } from './commands/sql-skip.ts';
import { startTask } from './commands/start-task.ts';
import { stopTask } from './commands/stop-task.ts';
import { switchRelayMaster } from './commands/switch-relay-master.ts';
import { unlockDdlLock } from './commands/unlock-ddl-lock.ts';
import { updateMasterConfig } from './commands/update-master-config.ts';
import { updateRelay } from './commands/update-relay.ts';
import { updateTask } from './commands/update-task.ts';
import { NUMBERS } from './errors/numbers.ts';
import { WORKER } from './flags.ts';
import { flush } from './flush.ts';
import { loadPresenters } from './load-presenters.ts';
import { locksQuery } from './locks-query.ts';
import { names } from './name-queries.ts';
import { positions } from './position-query.ts';
import { taskCommand } from './task-command.ts';
import { updatePlan } from './update-plan.ts';

let schema: Promise<Schema> | undefined;

export const v1: Dialect = {
  name: 'DM 1.0',
  generation: 'v1',
  passwordKey: 'shared',
  helpSummary: 'Help about any command',
  framesPipes: true,
  waitCommands: { seeErrors: 'query-error <task>', resumeRelay: 'resume-relay -w <worker>' },
  schema: () => {
    schema ??= import('../../wire/generated/v1.ts').then((generated) => generated.schema);
    return schema;
  },
  globalFlags: [WORKER],
  targetSelector: WORKER,
  nameQueries: names,
  unknownNames: async (answer) => (await loadPresenters()).unknownNames(answer),
  clusterQuery: status,
  locksQuery,
  taskCommand,
  positionQuery: positions,
  errorCodes: NUMBERS,
  errors: async () => (await import('./errors/index.ts')).errorCatalog,
  flush,
  updatePlan,
  compareTask: async (file, cluster) => (await import('./compare-task.ts')).compare(file, cluster),
  commands: [
    startTask,
    stopTask,
    pauseTask,
    resumeTask,
    checkTask,
    updateTask,
    queryStatus,
    queryError,
    refreshWorkerTasks,
    sqlReplace,
    sqlSkip,
    sqlInject,
    showDdlLocks,
    unlockDdlLock,
    breakDdlLock,
    switchRelayMaster,
    pauseRelay,
    resumeRelay,
    updateMasterConfig,
    updateRelay,
    purgeRelay,
    migrateRelay,
  ],
};
