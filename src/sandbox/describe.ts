// What a person is told when the sandbox has been started.

import { CHECK_FAILS, DDL_FAILS } from './demo.ts';
import type { State } from './state.ts';

/** Some lines of plain text. `taskFile` is the path of the sample task file, where one has been written. */
export function describeSandbox(address: string, state: State, taskFile?: string): string[] {
  const task = taskFile ?? 'task.yaml';
  const lines = [`A DM-master 1.0.1 in memory listens on ${address}. Nothing it shows is real.`, ''];
  for (const [source, worker] of state.deploy) {
    const alive = state.workers.get(worker)?.up;
    lines.push(`  ${source}  dm-worker ${worker}${alive ? '' : '  (does not answer)'}`);
  }
  lines.push(
    '',
    'In another terminal:',
    `  dmctl -master-addr ${address}`,
    `  start-task ${task}           dumps, loads and then replicates; watch it with query-status`,
    '  show-ddl-locks               8 s after Sync has begun, when is-sharding is true',
    `  a name with ${DDL_FAILS}        a statement fails 8 s after Sync; query-error, sql-skip and resume-task heal it`,
    `  a name with ${CHECK_FAILS}      check-task and start-task refuse the task`,
  );
  return lines;
}
