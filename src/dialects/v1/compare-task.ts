// Compares a task file with the answer of query-status. DM 1.0 has no call that returns the configuration of a running
// task: the file can be compared only with where the task runs and what its sub tasks do.

import { Refusal } from '../../command/errors.ts';
import type { Cluster, SubTask } from '../../domain/cluster.ts';
import type { ComparedItem, Comparison } from '../../presenters/comparison.ts';
import { readYaml } from '../../text/yaml.ts';

const NOT_REPORTED =
  'DM 1.0 does not report the configuration with which a task was started. The target database, routes, filters, lists, column mappings and the settings of the units are not compared';

/** The units that a task of each mode runs through. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  full: ['Dump', 'Load'],
  all: ['Dump', 'Load', 'Sync'],
  incremental: ['Sync'],
};

/** Compares. Throws Refusal for a text that is not a task file. */
export function compare(text: string, cluster: Cluster): Comparison {
  const file = taskOf(text);
  const parts = cluster.subTasks.filter((s) => s.task === file.name);
  const there: ComparedItem = {
    what: 'task',
    file: file.name,
    cluster: parts.length > 0 ? file.name : 'no sub tasks',
    verdict: parts.length > 0 ? 'same' : 'differs',
  };
  const compared = [there, ...sources(file.sources, parts, cluster)];
  return {
    task: file.name,
    compared: parts.length > 0 ? [...compared, mode(file.mode, parts), sharding(file.sharding, parts)] : compared,
    notReported: NOT_REPORTED,
  };
}

interface TaskFile {
  readonly name: string;
  readonly mode: string;
  readonly sharding: boolean;
  readonly sources: readonly string[];
}

function taskOf(text: string): TaskFile {
  const read = readYaml(text);
  if ('problem' in read) throw new Refusal(`the file is not valid YAML (${read.problem}). Nothing was compared`);
  const file = plain(read.value);
  if (!file) throw new Refusal('the file is not a task file: it has no keys. Nothing was compared');
  const name = scalar(file.name);
  if (name === '') throw new Refusal('the file has no task name. Nothing was compared. Add it as name: …');
  const instances = Array.isArray(file['mysql-instances']) ? file['mysql-instances'] : [];
  return {
    name,
    mode: scalar(file['task-mode']),
    sharding: file['is-sharding'] === true,
    sources: [...new Set(instances.map((i) => scalar(plain(i)?.['source-id'])).filter((id) => id !== ''))],
  };
}

const plain = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const scalar = (value: unknown): string => (value === null || value === undefined || typeof value === 'object' ? '' : String(value));

/** Where it runs: the file's sources in their order, then others. */
function sources(named: readonly string[], parts: readonly SubTask[], { workers }: Cluster): ComparedItem[] {
  const silent = workers.filter((w) => w.error !== '').map((w) => w.worker);
  const inFile = named.flatMap((source): ComparedItem | ComparedItem[] => {
    const what = `source ${source}`;
    const part = parts.find((s) => s.source === source);
    if (part) return { what, file: source, cluster: `${part.stage} on ${part.worker}`, verdict: 'same' };
    const worker = workers.find((w) => w.source === source);
    if (worker && parts.length === 0) return []; // the row of the task already reports that it is missing
    // A worker that does not answer does not report its source either.
    const where = worker
      ? `not on ${worker.worker}`
      : silent.length > 0
        ? `not found, no answer from ${silent.join(', ')}`
        : 'no worker has it';
    return { what, file: source, cluster: where, verdict: 'differs' };
  });
  const others = parts
    .filter((s) => !named.includes(s.source))
    .map((s): ComparedItem => ({ what: `source ${s.source}`, file: '', cluster: `${s.stage} on ${s.worker}`, verdict: 'differs' }));
  return [...inFile, ...others];
}

/** The units of the sub tasks, compared with those of the mode. */
function mode(named: string, parts: readonly SubTask[]): ComparedItem {
  const seen = [
    ...new Set(parts.filter((s) => s.unit !== '-').map((s) => (s.health === 'finished' ? `${s.unit} finished` : s.unit))),
  ].sort();
  const common = { what: 'task-mode', file: named, cluster: seen.length > 0 ? `in ${seen.join(', ')}` : 'in no unit' };
  const units = UNITS[named];
  if (!units) return { ...common, verdict: 'differs' };
  if (seen.length === 0) return { ...common, verdict: 'open' };
  // Only a task that ends with its load can finish.
  const fits = parts.every((s) => s.unit === '-' || (s.health === 'finished' ? named === 'full' : units.includes(s.unit)));
  if (!fits) return { ...common, verdict: 'differs' };
  const others = Object.keys(UNITS).filter((m) => m !== named && seen.every((u) => UNITS[m]?.includes(u)));
  return others.length > 0
    ? { ...common, cluster: `${common.cluster}, as with ${others.join(', ')}`, verdict: 'open' }
    : { ...common, verdict: 'same' };
}

/** Only a sharding task shows DDL that waits for other shards. */
function sharding(named: boolean, parts: readonly SubTask[]): ComparedItem {
  const shown = parts.some((s) => s.lock !== '' || (s.sync && (s.sync.blocking.length > 0 || s.sync.groups > 0)));
  const common = { what: 'is-sharding', file: String(named) };
  if (!shown) return { ...common, cluster: 'no DDL lock now', verdict: 'open' };
  return { ...common, cluster: 'has DDL locks', verdict: named ? 'same' : 'differs' };
}
