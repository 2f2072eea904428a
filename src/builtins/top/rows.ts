// The rows of top: a row per task, and below an open one its sub tasks. Pure.

import { parseFilter } from '../../command/row-selection.ts';
import type { Cluster, SubTask } from '../../domain/cluster.ts';
import { taskMatcher } from '../../domain/task-names.ts';
import { selectRows } from '../../output/table/select-rows.ts';
import { errorClass } from '../../presenters/error-note.ts';
import { stageCell, tally } from '../../presenters/health.ts';
import { lagCell, lagRange, lagUnit, maxLagCell } from '../../presenters/lag.ts';
import { progressText, subTaskKey, subTasksView } from '../../presenters/sub-tasks.ts';
import { byTask, type TaskGroup } from '../../presenters/tasks.ts';
import type { Column, Row, View } from '../../presenters/view.ts';
import { count } from '../../text/quantity.ts';
import type { ClusterState } from './totals.ts';

/** How tasks are sorted: those that need attention first, by name, or by lag. */
export const ORDERS = ['state', 'name', 'lag'] as const;
export type Order = (typeof ORDERS)[number];

/** What a row is about. */
export interface Subject {
  readonly key: string;
  readonly task: string;
  /** One for a row of a sub task. */
  readonly subTasks: readonly SubTask[];
  readonly isTask: boolean;
}

export interface ListOptions {
  /** Names and patterns of the command line; empty for all tasks. */
  readonly names: readonly string[];
  /** A part of a name or an error, or terms such as `state=broken,lag>60s`. */
  readonly filter: string;
  readonly order: Order;
  /** The tasks whose sub tasks are shown. */
  readonly open: ReadonlySet<string>;
}

export interface List {
  readonly view: View;
  /** One for each row of the view. */
  readonly subjects: readonly Subject[];
  /** Why the filter is not applied. Empty if it is. */
  readonly problem: string;
}

/** The list for a state of the cluster. */
export function listOf(
  { cluster, groups: all }: Pick<ClusterState, 'cluster' | 'groups'>,
  { names, filter, order, open }: ListOptions,
): List {
  const isNamed = taskMatcher(names);
  const named = names.length === 0 ? cluster.subTasks : cluster.subTasks.filter((s) => isNamed(s.task));
  const { found, problem } = filtered({ ...cluster, subTasks: named }, filter);
  const groups = sorted(found === cluster.subTasks ? all : byTask(found), order);
  const subjects: Subject[] = [];
  const rows: Row[] = [];
  for (const group of groups) {
    const isOpen = open.has(group.task);
    subjects.push({ key: group.task, task: group.task, subTasks: group.subTasks, isTask: true });
    rows.push(taskRow(group, isOpen));
    if (!isOpen) continue;
    for (const subTask of group.subTasks) {
      subjects.push({ key: subTaskKey(subTask), task: subTask.task, subTasks: [subTask], isTask: false });
      rows.push(subTaskRow(subTask));
    }
  }
  return { view: { columns: columnsFor(found), rows }, subjects, problem };
}

/** Whether a filter has terms such as `state=broken`. */
const hasTerms = (filter: string): boolean => /[=<>]/.test(filter);

function filtered(cluster: Cluster, filter: string): { readonly found: readonly SubTask[]; readonly problem: string } {
  const { subTasks } = cluster;
  if (filter === '') return { found: subTasks, problem: '' };
  if (!hasTerms(filter)) {
    const part = filter.toLowerCase();
    const texts = ({ task, worker, source, stage, unit, errors, reason }: SubTask): string[] => [
      task,
      worker,
      source,
      stage,
      unit,
      reason,
      ...errors,
    ];
    return { found: subTasks.filter((s) => texts(s).some((text) => text.toLowerCase().includes(part))), problem: '' };
  }
  try {
    const selection = { sortBy: [], columns: [], filter: parseFilter(filter) };
    const keys = new Set(selectRows(subTasksView(cluster, false), selection).rows.map((row) => row.key));
    return { found: subTasks.filter((s) => keys.has(subTaskKey(s))), problem: '' };
  } catch (error) {
    return { found: subTasks, problem: (error as Error).message };
  }
}

function sorted(groups: readonly TaskGroup[], order: Order): readonly TaskGroup[] {
  if (order === 'name') return [...groups].sort((a, b) => (a.task < b.task ? -1 : 1));
  if (order === 'state') return groups;
  return [...groups].sort((a, b) => lagAmount(b) - lagAmount(a));
}

/** A task whose lag is unknown comes first: it may be far behind. */
function lagAmount({ subTasks }: TaskGroup): number {
  const { largest, unknown } = lagRange(subTasks);
  return unknown ? Number.POSITIVE_INFINITY : (largest?.amount ?? -1);
}

const columnsFor = (subTasks: readonly SubTask[]): readonly Column[] => [
  { title: 'TASK, WORKER', cut: true },
  { title: 'STATE' },
  { title: 'SUB TASKS', cut: true },
  { title: 'LAG', align: 'right', rank: 1, unit: lagUnit(subTasks) },
  { title: 'SOURCE', rank: 4, cut: true },
  { title: 'ERROR', rank: 3, cut: true },
];

function taskRow({ task, health, subTasks }: TaskGroup, isOpen: boolean): Row {
  const [first] = subTasks;
  const [error] = subTasks.flatMap((s) => s.errors);
  const sources = new Set(subTasks.map((s) => s.source));
  return {
    key: task,
    name: task,
    cells: [
      `${isOpen ? '-' : '+'} ${task}`,
      stageCell(first?.stage ?? '', health),
      tally(subTasks),
      maxLagCell(subTasks),
      sources.size === 1 ? (first?.source ?? '') : count(sources.size, 'source'),
      error === undefined ? (first?.reason ?? '') : errorClass(error),
    ],
  };
}

function subTaskRow(s: SubTask): Row {
  const [error] = s.errors;
  const progress = progressText(s);
  return {
    key: subTaskKey(s),
    name: s.task,
    cells: [
      `    ${s.worker}`,
      stageCell(s.stage, s.health),
      progress === '' ? s.unit : `${s.unit} ${progress}`,
      lagCell(s),
      s.source,
      error === undefined ? s.reason : errorClass(error),
    ],
  };
}
