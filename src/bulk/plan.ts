// What many at once comes to: which tasks, and of each which workers. Pure.

import { Refusal } from '../command/errors.ts';
import type { Cluster, SubTask } from '../domain/cluster.ts';
import { globMatcher, isGlob } from '../text/glob.ts';
import { didYouMean } from '../text/nearest.ts';
import { joinNames } from '../text/quantity.ts';

export interface BulkRequest {
  /** As they were typed: names and patterns; none where all are meant. */
  readonly names: readonly string[];
  /** The workers of -w; none for all of a task's. */
  readonly workers: readonly string[];
}

export interface SelectionRule {
  /** Whether a sub task is among what is meant. */
  applies(subTask: SubTask): boolean;
  /** Whether the rule holds for tasks that were named, too. */
  readonly named: boolean;
  /** Whether a sub task that the rule leaves out must be listed: a user paused it, and the command alone would apply to it. */
  leavesPaused?(subTask: SubTask): boolean;
}

export interface PlanItem {
  readonly task: string;
  /** None for the task as a whole. */
  readonly workers: readonly string[];
}

export interface Plan {
  readonly items: readonly PlanItem[];
  /** Tasks that were meant and have nothing that the rule applies to, with the stages of their sub tasks. */
  readonly skipped: readonly { readonly task: string; readonly stages: readonly string[] }[];
  /** Sub tasks that a user paused and that the rule leaves out, by task. */
  readonly pausedByHand?: readonly PlanItem[];
  /** Workers that did not answer: what runs on them is not known. */
  readonly unreachable: readonly string[];
}

/** Whether the cluster has to be looked at: names alone are sent as they are. */
export function needsCluster({ names }: BulkRequest, { named }: SelectionRule): boolean {
  return named || names.length === 0 || names.some(isGlob);
}

/**
 * The plan. Names stand in the order in which they were given, what a pattern finds and all tasks in the order of names.
 * @param cluster how it stands, all workers asked; needed where needsCluster says so
 * @throws Refusal for a pattern that finds nothing, and for a worker that is not there
 */
export function createPlan(asked: BulkRequest, rule: SelectionRule, cluster?: Cluster): Plan {
  const { names, workers } = asked;
  if (!cluster) return { items: [...new Set(names)].map((task) => ({ task, workers })), skipped: [], unreachable: [] };
  checkWorkers(workers, cluster);
  const tasks = byTask(cluster);
  const literal = (name: string): boolean => tasks.has(name) || (!isGlob(name) && !rule.named);
  const found = new Map<string, 'named' | 'found'>();
  for (const name of names.length > 0 ? names : tasks.keys()) {
    const parsed = names.length > 0;
    if (parsed && literal(name)) found.set(name, 'named');
    else for (const task of parsed ? matching(name, tasks, cluster) : [name]) found.set(task, found.get(task) ?? 'found');
  }
  const wanted = new Set(workers);
  const isMeant = (worker: string): boolean => wanted.size === 0 || wanted.has(worker);
  const among = cluster.workers.filter((w) => isMeant(w.worker));
  const silent = among.filter((w) => w.error !== '').map((w) => w.worker);
  const items: PlanItem[] = [];
  const left: Plan['skipped'][number][] = [];
  const byHand: PlanItem[] = [];
  for (const [task, how] of found) {
    const parts = tasks.get(task) ?? [];
    const meant = parts.filter((s) => rule.applies(s) && isMeant(s.worker));
    const kept = parts.filter((s) => rule.leavesPaused?.(s) && isMeant(s.worker));
    if (kept.length > 0) byHand.push({ task, workers: kept.map((s) => s.worker) });
    if (how === 'named' && !rule.named) items.push({ task, workers });
    else if (meant.length === 0) {
      if (kept.length === 0) left.push({ task, stages: [...new Set(parts.map((s) => s.stage))] });
    } else {
      // The task as a whole only where nothing of it is left out, and nothing of it can be where nobody answers.
      const whole = meant.length === parts.length && workers.length === 0 && silent.length === 0;
      items.push({ task, workers: whole ? [] : meant.map((s) => s.worker) });
    }
  }
  return { items, skipped: left, ...(byHand.length > 0 && { pausedByHand: byHand }), unreachable: silent };
}

/** The sub tasks by their task, in the order of names. */
function byTask({ subTasks }: Cluster): Map<string, SubTask[]> {
  const tasks = new Map<string, SubTask[]>();
  for (const s of [...subTasks].sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0))) {
    const known = tasks.get(s.task);
    if (known) known.push(s);
    else tasks.set(s.task, [s]);
  }
  return tasks;
}

function matching(glob: string, tasks: ReadonlyMap<string, unknown>, { workers }: Cluster): string[] {
  const found = [...tasks.keys()].filter(globMatcher(glob));
  if (found.length > 0) return found;
  const silent = workers.filter((w) => w.error !== '').map((w) => w.worker);
  const unknown = silent.length > 0 ? `; not known is what runs on ${joinNames(silent)}` : '';
  throw new Refusal(
    `no task matches ${glob}; ${tasks.size > 0 ? `there are ${joinNames([...tasks.keys()])}` : 'there is no task'}${unknown}${isGlob(glob) ? '' : similar(glob, tasks.keys())}`,
  );
}

function checkWorkers(asked: readonly string[], { workers }: Cluster): void {
  const known = new Set(workers.map((w) => w.worker));
  const missing = asked.filter((name) => !known.has(name));
  if (missing.length === 0) return;
  const near = missing.map((name) => similar(name, known)).find((text) => text !== '') ?? '';
  throw new Refusal(
    `the DM-master knows no worker ${joinNames(missing)}; there are ${joinNames(workers.map((w) => w.worker)) || 'none'}${near}`,
  );
}

function similar(name: string, known: Iterable<string>): string {
  const text = didYouMean(name, known);
  return text === '' ? '' : `; ${text}`;
}
