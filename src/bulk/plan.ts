// Plans a bulk operation: the tasks, and the workers of each. Pure.

import { NOT_SENT, Refusal } from '../command/errors.ts';
import type { Cluster, SubTask } from '../domain/cluster.ts';
import { globMatcher, isGlob } from '../text/glob.ts';
import { didYouMean } from '../text/nearest.ts';
import { joinNames } from '../text/quantity.ts';
import { silentWorkers } from './format-plan.ts';

export interface BulkRequest {
  /** Names and patterns as typed; empty for all tasks. */
  readonly names: readonly string[];
  /** The workers of -w; empty for all workers of a task. */
  readonly workers: readonly string[];
}

export interface SelectionRule {
  /** Whether the rule selects a sub task. */
  applies(subTask: SubTask): boolean;
  /** Whether the rule also applies to tasks that were named. */
  readonly named: boolean;
  /** Whether a sub task that the rule leaves out must be listed: a user paused it, and the command alone would apply to it. */
  leavesPaused?(subTask: SubTask): boolean;
}

export interface PlanItem {
  readonly task: string;
  /** The file with the task, if a file was named instead of a task. */
  readonly file?: string;
  /** Empty for the whole task. */
  readonly workers: readonly string[];
}

export interface Plan {
  readonly items: readonly PlanItem[];
  /** Selected tasks without a sub task that the rule applies to, with the stages of their sub tasks. */
  readonly skipped: readonly { readonly task: string; readonly stages: readonly string[] }[];
  /** Sub tasks that a user paused and that the rule leaves out, by task. */
  readonly pausedByHand?: readonly PlanItem[];
  /** Workers that did not answer, so that their sub tasks are unknown. */
  readonly unreachable: readonly string[];
}

/** Whether the plan needs the state of the cluster. Names alone are sent unchanged. */
export function needsCluster({ names }: BulkRequest, { named }: SelectionRule): boolean {
  return named || names.length === 0 || names.some(isGlob);
}

/**
 * Creates the plan. Named tasks keep their order. The matches of a pattern, and all tasks, are sorted by name.
 * @param cluster the state of all workers, required if needsCluster returns true
 * @throws Refusal for a pattern without a match, and for an unknown worker
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
  const among = cluster.workers.filter((w) => isMeant(w.target));
  const silent = among.filter((w) => w.error !== '').map((w) => w.target);
  const items: PlanItem[] = [];
  const left: Plan['skipped'][number][] = [];
  const byHand: PlanItem[] = [];
  for (const [task, how] of found) {
    const parts = tasks.get(task) ?? [];
    const meant = parts.filter((s) => rule.applies(s) && isMeant(s.target));
    const kept = parts.filter((s) => rule.leavesPaused?.(s) && isMeant(s.target));
    if (kept.length > 0) byHand.push({ task, workers: kept.map((s) => s.target) });
    if (how === 'named' && !rule.named) items.push({ task, workers });
    else if (meant.length === 0) {
      if (kept.length === 0) left.push({ task, stages: [...new Set(parts.map((s) => s.stage))] });
    } else {
      // The whole task only if all its sub tasks are selected and no silent worker can have one of them.
      const whole = meant.length === parts.length && workers.length === 0 && silent.length === 0;
      items.push({ task, workers: whole ? [] : meant.map((s) => s.target) });
    }
  }
  return { items, skipped: left, ...(byHand.length > 0 && { pausedByHand: byHand }), unreachable: silent };
}

/** The sub tasks by task, sorted by name. */
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
  const silent = workers.filter((w) => w.error !== '').map((w) => w.target);
  const existing = tasks.size > 0 ? `The tasks are ${joinNames([...tasks.keys()])}` : 'There are no tasks';
  const near = isGlob(glob) ? '' : similar(glob, tasks.keys());
  throw new Refusal(`no task matches ${glob}${silent.length > 0 ? `, but ${silentWorkers(silent)}` : ''}. ${NOT_SENT}. ${existing}${near}`);
}

function checkWorkers(asked: readonly string[], { workers }: Cluster): void {
  const known = new Set(workers.map((w) => w.target));
  const missing = asked.filter((name) => !known.has(name));
  if (missing.length === 0) return;
  const near = missing.map((name) => similar(name, known)).find((text) => text !== '') ?? '';
  const existing = workers.length > 0 ? `The workers are ${joinNames(workers.map((w) => w.target))}` : 'There are no workers';
  throw new Refusal(`the DM-master has no worker ${joinNames(missing)}. ${NOT_SENT}. ${existing}${near}`);
}

function similar(name: string, known: Iterable<string>): string {
  const text = didYouMean(name, known);
  return text === '' ? '' : `. ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
