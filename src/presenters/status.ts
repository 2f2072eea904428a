// What query-status shows for the lines that only we have: several tasks, one row per task, problems.

import { lagLimitOf } from '../command/lag-limit.ts';
import type { StatusLine } from '../command/status-line.ts';
import type { Cluster, Health, SubTask } from '../domain/cluster.ts';
import { binlogLag, lagOf } from '../domain/lag.ts';
import { exceeds } from '../domain/lag-limit.ts';
import { isSelection, taskMatcher, unmatched } from '../domain/task-names.ts';
import { count, joinNames } from '../text/quantity.ts';
import { inOneLine } from '../text/sanitize.ts';
import { byUrgency, isProblem } from './health.ts';
import { subTasksView } from './sub-tasks.ts';
import { summaryView } from './summary.ts';
import { byTask } from './tasks.ts';
import type { Note, View } from './view.ts';

/** The rows of a line. Names without a task are reported below them. */
export function statusView(cluster: Cluster, line: StatusLine): View {
  const { args, flags } = line;
  const selected = selectTasks(cluster, args);
  const view = flags.by === 'task' ? summaryView(selected, flags.problems) : subTasksView(selected, flags.problems);
  const notes: View['notes'] = [
    ...missingNames(cluster, args).map((name) => ({ tone: 'bad' as const, line: `no task ${inOneLine(name)}` })),
    ...lateNote(tooLate(selected, line), flags.maxLag),
  ];
  return { ...view, notes: [...notes, ...(view.notes ?? [])] };
}

function lateNote(late: readonly SubTask[], limit: string): Note[] {
  if (late.length === 0) return [];
  const names = joinNames(
    late.map(({ task, worker }) => inOneLine(`${task} on ${worker}`)),
    5,
  );
  return [{ tone: 'warn', line: `the lag of ${count(late.length, 'sub task')} is above ${limit}, or unknown: ${names}` }];
}

/** The names of a selection that no sub task has. A single name is the master's to reject. */
function missingNames({ subTasks }: Pick<Cluster, 'subTasks'>, names: readonly string[]): string[] {
  return isSelection(names) ? unmatched(names, new Set(subTasks.map((s) => s.task))) : [];
}

function selectTasks(cluster: Cluster, names: readonly string[]): Cluster {
  if (!isSelection(names)) return cluster;
  const isSelected = taskMatcher(names);
  return { ...cluster, subTasks: cluster.subTasks.filter((s) => isSelected(s.task)) };
}

/** Whether an answer fails a line: a name that no task has, or a lag above the limit. */
export function failsStatusLine(line: StatusLine, cluster: Cluster): boolean {
  return missingNames(cluster, line.args).length > 0 || tooLate(selectTasks(cluster, line.args), line).length > 0;
}

/** The sub tasks whose lag is above the limit of a line. */
function tooLate({ subTasks }: Cluster, { flags }: StatusLine): readonly SubTask[] {
  const limit = lagLimitOf(flags.maxLag);
  return limit ? subTasks.filter((s) => exceeds(limit, s)) : [];
}

/** The same as plain values, for programs: one per sub task or task. */
export function statusValue(cluster: Cluster, { args, flags }: StatusLine): readonly object[] {
  const { subTasks } = selectTasks(cluster, args);
  const shown = flags.problems ? subTasks.filter((s) => isProblem(s.health)) : subTasks;
  return flags.by === 'task'
    ? byTask(shown).map(({ task, health, subTasks: parts }) => taskValue(task, health, parts))
    : byUrgency(shown).map(subTaskValue);
}

function subTaskValue(subTask: SubTask): object {
  const { task, worker, source, stage, unit, health, reason, errors, lock } = subTask;
  return { task, worker, source, stage, unit, health, why: reason, errors, ddlLock: lock, ...lagValue([subTask]) };
}

function taskValue(task: string, health: Health, subTasks: readonly SubTask[]): object {
  const counts: Partial<Record<Health, number>> = {};
  for (const s of subTasks) counts[s.health] = (counts[s.health] ?? 0) + 1;
  return {
    task,
    health,
    subTasks: counts,
    workers: subTasks.map((s) => s.worker),
    sources: subTasks.map((s) => s.source),
    errors: subTasks.flatMap((s) => s.errors),
    ...lagValue(subTasks),
  };
}

/** The largest lag: in seconds, and in bytes of the binlog. Null if one of them is unknown. */
function lagValue(subTasks: readonly SubTask[]): { lagSeconds: number | null; lagBytes: number | null } {
  const lags = subTasks.flatMap((subTask) => lagOf(subTask) ?? []);
  const gaps = subTasks.flatMap(({ sync }) => (sync ? [binlogLag(sync.master, sync.at)] : []));
  return {
    lagSeconds: largest(lags.map(({ unit, amount }) => (unit === 's' ? amount : undefined))),
    lagBytes: largest(gaps.map((lag) => lag.bytes)),
  };
}

function largest(amounts: readonly (number | undefined)[]): number | null {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length > 0 && known.length === amounts.length ? Math.max(...known) : null;
}
