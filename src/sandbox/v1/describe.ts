// The text that is printed when the sandbox has started.

import { wrapText } from '../../text/width.ts';
import { CHECK_FAILS, DDL_FAILS, LOCKED_TARGET, QUIET_UPSTREAM, SLOW_TARGET } from './demo.ts';
import { taskNames } from './many-tasks.ts';
import type { State } from './state.ts';

export interface Described {
  /** The path of the sample task file, if one was written. */
  readonly taskFile?: string;
  /** The number of tasks that run from the start. */
  readonly tasks?: number;
  /** The width of the terminal; 80 if it is not one. */
  readonly columns?: number;
}

/** The first workers in a long list. The last one follows them. */
const FIRST_WORKERS = 8;

/** Some lines of plain text that fit the terminal. */
export function describeSandbox(address: string, state: State, { taskFile, tasks = 0, columns = 80 }: Described = {}): string[] {
  const file = taskFile ?? 'task.yaml';
  const steps = [
    ...(taskFile ? [] : ([[`dmctl sandbox -sample > ${file}`, 'write a task file to start with']] as const)),
    [`start-task ${file}`, 'Dump for 6 s, Load for 15 s, then Sync'],
    ['query-status --output table', 'show the sub tasks as a table'],
    ['show-ddl-locks', '8 s after Sync has begun: a lock, where is-sharding is true'],
    [`a name with ${DDL_FAILS}`, 'then a statement fails: see query-error, sql-skip, resume-task'],
    [`a name with ${CHECK_FAILS}`, 'check-task and start-task reject the task'],
    [`… ${SLOW_TARGET}, ${LOCKED_TARGET}`, 'rows arrive late: see wait TASK --for caught-up'],
    [`… ${QUIET_UPSTREAM}`, 'the checkpoint stays behind: see wait TASK --for caught-up --flush'],
  ] as const;
  return [
    ...wrapText(`A DM-master 1.0.1 in memory listens on ${address}. Its data is not real.`, columns),
    '',
    ...workerLines(state),
    ...(tasks > 0 ? ['', ...wrapText(runningTasks(tasks), columns)] : []),
    '',
    ...wrapText(`In another terminal: dmctl -master-addr ${address}`, columns),
    '',
    ...stepLines(steps, columns),
    '',
    'Quick start: docs/quick-start.md',
  ];
}

function workerLines(state: State): string[] {
  const lines = [...state.deploy].map(([source, worker]) => {
    const alive = state.workers.get(worker)?.up;
    return [`  ${source}  ${worker}`, ...(alive ? [] : ['    (does not answer)'])];
  });
  const shown = lines.length > FIRST_WORKERS + 2 ? lines.slice(0, FIRST_WORKERS) : lines;
  const hidden = lines.length - shown.length - 1;
  return [...shown, ...(hidden > 0 ? [[`  … ${hidden} more`], lines.at(-1) ?? []] : [])].flat();
}

function runningTasks(count: number): string {
  const names = taskNames(count);
  return count === 1 ? `One task runs on all workers: ${names[0]}.` : `${count} tasks run on all workers: ${names[0]} to ${names.at(-1)}.`;
}

/** Commands with what they show: in two columns if they fit, else one below the other. */
function stepLines(steps: readonly (readonly [what: string, then: string])[], columns: number): string[] {
  const width = Math.max(...steps.map(([what]) => what.length));
  const fits = steps.every(([, then]) => 2 + width + 2 + then.length <= columns);
  if (fits) return steps.map(([what, then]) => `  ${what.padEnd(width)}  ${then}`);
  return steps.flatMap(([what, then]) => [
    ...wrapText(what, columns - 2).map((line) => `  ${line}`),
    ...wrapText(then, columns - 6).map((line) => `      ${line}`),
  ]);
}
