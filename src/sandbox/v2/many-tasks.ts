// Tasks that run from the start, for a cluster of any size to try commands on.

import { taskNames } from '../common/describe.ts';
import { advance } from './advance.ts';
import type { State } from './state.ts';
import { startTask } from './tasks.ts';

/** Milliseconds after which the last of them is in Sync. */
const SETTLED_AFTER = 2000;

/**
 * Starts so many tasks, each on all sources, and lets the time pass until they replicate.
 * @throws Error if the cluster rejects one
 */
export function startTasks(state: State, count: number): void {
  if (count === 0) return;
  const down = [...state.workers.values()].filter((worker) => worker.downSince !== undefined);
  for (const worker of down) worker.downSince = undefined; // they had their sub tasks before they stopped answering
  const instances = [...state.sources.keys()].map((id) => `  - {source-id: ${id}, block-allow-list: own}\n`).join('');
  for (const name of taskNames(count)) {
    const task = `name: ${name}
task-mode: all
target-database: {host: 127.0.0.1, port: 4000, user: root, password: ""}
mysql-instances:
${instances}block-allow-list: {own: {do-dbs: [${name}]}}
`;
    const { result, msg } = startTask(state, { task, sources: [], removeMeta: false, startTime: '' });
    if (!result) throw new Error(msg);
  }
  const { dumpMs, loadMs } = state.options;
  advance(state, state.now + dumpMs + loadMs + SETTLED_AFTER);
  for (const worker of down) worker.downSince = state.now;
}
