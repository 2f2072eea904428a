// The text that is printed when the sandbox has started.

import { CHECK_FAILS, DDL_FAILS, LOCKED_TARGET, QUIET_UPSTREAM, SLOW_TARGET } from './demo.ts';
import type { State } from './state.ts';

/** The lines of the text. `taskFile` is the path of the sample task file, if one was written. */
export function describeSandbox(address: string, state: State, taskFile?: string): string[] {
  const task = taskFile ?? 'task.yaml';
  const lines = [`An in-memory DM-master 1.0.1 listens on ${address}. All its data is simulated.`, ''];
  for (const [source, worker] of state.deploy) {
    const alive = state.workers.get(worker)?.up;
    lines.push(`  ${source}  dm-worker ${worker}${alive ? '' : '  (does not answer)'}`);
  }
  const steps = [
    [`start-task ${task}`, 'Dump for 6 s, Load for 15 s, then Sync. See query-status'],
    ['show-ddl-locks', '8 s after the start of Sync there is a lock, if is-sharding is true'],
    [`a name with ${DDL_FAILS}`, 'a statement fails in Sync. See query-error, sql-skip, resume-task'],
    [`a name with ${CHECK_FAILS}`, 'check-task and start-task reject the task'],
    [`… ${SLOW_TARGET}, ${LOCKED_TARGET}`, 'rows arrive late. See wait TASK --for caught-up'],
    [`… ${QUIET_UPSTREAM}`, 'the checkpoint stays behind. See wait TASK --for caught-up --flush'],
  ] as const;
  const width = Math.max(...steps.map(([what]) => what.length));
  lines.push('', `In another terminal: dmctl -master-addr ${address}`, '');
  for (const [what, then] of steps) lines.push(`  ${what.padEnd(width)}  ${then}`);
  return lines;
}
