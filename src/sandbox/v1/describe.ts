// The text that is printed when the sandbox has started.

import { type Described, describeLines, type Step } from '../common/describe.ts';
import { CHECK_FAILS, DDL_FAILS, LOCKED_TARGET, QUIET_UPSTREAM, SLOW_TARGET } from './demo.ts';
import type { State } from './state.ts';

/** Some lines of plain text that fit the terminal. */
export function describeSandbox(address: string, state: State, { taskFile, tasks = 0, columns = 80 }: Described = {}): string[] {
  const file = taskFile ?? 'task.yaml';
  const steps: Step[] = [
    ...(taskFile ? [] : ([[`dmctl sandbox -sample > ${file}`, 'write a task file to start with']] as Step[])),
    [`start-task ${file}`, 'Dump for 6 s, Load for 15 s, then Sync'],
    ['query-status --output table', 'show the sub tasks as a table'],
    ['show-ddl-locks', '8 s after Sync has begun: a lock, where is-sharding is true'],
    [`a name with ${DDL_FAILS}`, 'then a statement fails: see query-error, sql-skip, resume-task'],
    [`a name with ${CHECK_FAILS}`, 'check-task and start-task reject the task'],
    [`… ${SLOW_TARGET}, ${LOCKED_TARGET}`, 'rows arrive late: see wait TASK --for caught-up'],
    [`… ${QUIET_UPSTREAM}`, 'the checkpoint stays behind: see wait TASK --for caught-up --flush'],
  ];
  const workers = [...state.deploy].map(([source, worker]) => {
    const alive = state.workers.get(worker)?.up;
    return [`  ${source}  ${worker}`, ...(alive ? [] : ['    (does not answer)'])];
  });
  const headlines = [`A DM-master 1.0.1 in memory listens on ${address}. Its data is not real.`];
  return describeLines({ address, headlines, workers, tasks, steps, columns });
}
