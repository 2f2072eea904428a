// Tasks that run from the start, for a cluster of any size to try commands on.

import { advance } from './advance.ts';
import type { State } from './state.ts';
import { startTask } from './tasks.ts';
import { setWorker } from './upstream.ts';

/** Milliseconds after which the last of them is in Sync. */
const SETTLED_AFTER = 2000;

/** The names of so many tasks: task-01, task-02 and so on. */
export function taskNames(count: number): string[] {
  const digits = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, i) => `task-${String(i + 1).padStart(digits, '0')}`);
}

/**
 * Starts so many tasks, each on all sources, and lets the time pass until they replicate.
 * @throws Error if the cluster rejects one
 */
export function startTasks(state: State, count: number): void {
  if (count === 0) return;
  const down = [...state.workers.values()].filter((worker) => !worker.up);
  for (const worker of down) worker.up = true; // they had their sub tasks before they stopped answering
  const sources = [...state.deploy.keys()];
  for (const name of taskNames(count)) {
    const { result, msg, workers = [] } = startTask(state, { task: taskFile(name, sources), workers: [] });
    const failed = workers.find((w) => !w.result);
    if (!result || failed) throw new Error(msg || failed?.msg);
  }
  const { dumpMs, loadMs } = state.options;
  advance(state, state.now + dumpMs + loadMs + SETTLED_AFTER);
  for (const worker of down) setWorker(state, worker.address, false);
}

/** A task that replicates the tables of one database of each source. */
function taskFile(name: string, sources: readonly string[]): string {
  const instances = sources.map((source) => `  - {source-id: ${source}, black-white-list: own, mydumper-config-name: global}\n`);
  return `name: ${name}
task-mode: all
target-database: {host: 127.0.0.1, port: 4000, user: root, password: ""}
mysql-instances:
${instances.join('')}black-white-list:
  own: {do-dbs: [${name}]}
mydumpers:
  global: {mydumper-path: ./bin/mydumper, threads: 4}
`;
}
