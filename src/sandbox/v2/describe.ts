// The text that is printed when the sandbox has started.

import { type Described, describeLines, type Step } from '../common/describe.ts';
import { sortedSources } from './cluster.ts';
import { CHECK_FAILS, DDL_FAILS } from './demo.ts';
import type { State } from './state.ts';

/** Some lines of plain text that fit the terminal. */
export function describeSandbox(
  addresses: readonly string[],
  state: State,
  { taskFile, tasks = 0, columns = 80 }: Described = {},
): string[] {
  const [address = '', ...others] = addresses;
  const { release } = state.options;
  const workers = sortedSources(state).map((source) => {
    const worker = state.workers.get(source.worker ?? '');
    const remark = worker?.downSince === undefined ? [] : ['    (does not answer)'];
    return [`  ${source.id}  ${worker ? `${worker.name} ${worker.address}` : 'not bound'}`, ...remark];
  });
  const headlines = [
    `A DM-master ${release} in memory listens on ${address}. Its data is not real.`,
    ...(others.length > 0 ? [`Other DM-masters: ${others.join(', ')}`] : []),
  ];
  return describeLines({ address, headlines, workers, tasks, steps: stepsOf(state, taskFile), columns });
}

function stepsOf(state: State, taskFile?: string): Step[] {
  const file = taskFile ?? 'task.yaml';
  const hasBinlogGroup = state.has('5.4');
  const fix = hasBinlogGroup ? 'binlog skip' : 'handle-error TASK skip';
  return [
    ...(taskFile ? [] : ([[`dmctl sandbox -sample -dm ${state.options.release} > ${file}`, 'write a task file to start with']] as Step[])),
    [`start-task ${file}`, 'Dump for 6 s, Load for 15 s, then Sync'],
    ['query-status --output table', 'show the sub tasks as a table'],
    [hasBinlogGroup ? 'shard-ddl-lock' : 'show-ddl-locks', '8 s after Sync has begun: a lock, if the task has a shard mode'],
    [`a name with ${DDL_FAILS}`, `then a statement fails: see query-status, ${fix}`],
    [`a name with ${CHECK_FAILS}`, 'check-task and start-task reject the task'],
    ...(state.has('6.0') ? ([['validation start TASK', '10 s later two rows differ: see validation show-error TASK']] as Step[]) : []),
  ];
}
