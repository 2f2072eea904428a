// What can be answered to a guided prompt, with what helps to choose. Names come from the network: what is shown of them
// is made safe, and what is sent is the name itself.

import type { CommandSpec, ValueKind } from '../command/spec.ts';
import type { Cluster, SubTask } from '../domain/cluster.ts';
import type { Choice } from '../io/prompter.ts';
import { inOneLine } from '../text/sanitize.ts';

/** A value with a remark behind it. */
export function choice(value: string, remark = ''): Choice {
  const short = inOneLine(value);
  return { value, short, label: remark === '' ? short : `${short} (${inOneLine(remark)})` };
}

/** What a question can be about, besides its kind. */
export interface ChoiceContext {
  /** A task that the line names; empty for none. */
  readonly task: string;
  /** Which sub tasks the command can do something to; without it all count the same. */
  readonly appliesTo?: NonNullable<CommandSpec['bulk']>['appliesTo'];
}

/** The choices that the state of the cluster gives for a kind; none for a kind that it says nothing about. */
export function clusterChoices(kind: ValueKind, cluster: Cluster, context: ChoiceContext): readonly Choice[] {
  if (kind === 'task') return taskChoices(cluster, context);
  if (kind === 'worker') return workerChoices(cluster, context);
  if (kind === 'source') return cluster.workers.filter((w) => w.source !== '').map((w) => choice(w.source, w.worker));
  return [];
}

/** Each task with its state. Those that the command can do something to come first. */
function taskChoices({ subTasks }: Cluster, { appliesTo }: ChoiceContext): Choice[] {
  const tasks = new Map<string, SubTask[]>();
  for (const s of subTasks) tasks.set(s.task, [...(tasks.get(s.task) ?? []), s]);
  const applies = (parts: readonly SubTask[]): boolean => parts.some((s) => appliesTo?.(s) ?? true);
  return [...tasks]
    .sort(([a, x], [b, y]) => Number(applies(y)) - Number(applies(x)) || (a < b ? -1 : 1))
    .map(([task, parts]) => choice(task, stateOf(parts)));
}

/** "Running on 2 workers", "1 Running, 1 Paused; broken". */
function stateOf(parts: readonly SubTask[]): string {
  const stages = [...new Set(parts.map((s) => s.stage))].map((stage) => ({ stage, count: parts.filter((s) => s.stage === stage).length }));
  const [only, ...others] = stages;
  const text =
    only && others.length === 0
      ? `${only.stage} on ${only.count === 1 ? '1 worker' : `${only.count} workers`}`
      : stages.map(({ stage, count }) => `${count} ${stage}`).join(', ');
  const trouble = (['broken', 'stuck'] as const).find((health) => parts.some((s) => s.health === health));
  return trouble ? `${text}; ${trouble}` : text;
}

/** Each worker with its source and what it does of the task. Those that have the task come first. */
function workerChoices({ workers, subTasks }: Cluster, { task }: ChoiceContext): Choice[] {
  const stageOf = (worker: string): string => subTasks.find((s) => s.task === task && s.worker === worker)?.stage ?? '';
  return [...workers]
    .sort((a, b) => Number(stageOf(b.worker) !== '') - Number(stageOf(a.worker) !== ''))
    .map(({ worker, source, error }) => {
      const stage = stageOf(worker);
      const remarks = [source, stage === '' ? '' : `${task}: ${stage}`, error === '' ? '' : 'does not answer'];
      return choice(worker, remarks.filter((r) => r !== '').join('; '));
    });
}

/** The choices that have a text in them; the text itself where none has: a name may be newer than the list. */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.toLowerCase();
  const found = choices.filter((c) => c.label.toLowerCase().includes(wanted));
  return found.length > 0 || typed.trim() === '' ? found : [choice(typed.trim(), 'not in the list')];
}
