// The choices of guided prompts, with remarks that help to choose. Names come from the network: the displayed form
// is escaped, and the name itself is sent.

import type { CommandSpec, ValueKind } from '../command/spec.ts';
import type { Cluster, SubTask } from '../domain/cluster.ts';
import type { Choice } from '../io/prompter.ts';
import { inOneLine } from '../text/sanitize.ts';

/** A value with a remark. */
export function choice(value: string, remark = ''): Choice {
  const short = inOneLine(value);
  return { value, short, label: remark === '' ? short : `${short} (${inOneLine(remark)})` };
}

/** The context of a question, besides its kind. */
export interface ChoiceContext {
  /** A task that the line names; empty for none. */
  readonly task: string;
  /** Which sub tasks the command applies to; without it, all of them. */
  readonly appliesTo?: NonNullable<CommandSpec['bulk']>['appliesTo'];
}

/** The choices of a kind from the state of the cluster; none for a kind that the state does not cover. */
export function clusterChoices(kind: ValueKind, cluster: Cluster, context: ChoiceContext): readonly Choice[] {
  if (kind === 'task') return taskChoices(cluster, context);
  if (kind === 'worker') return workerChoices(cluster, context);
  if (kind === 'source') return cluster.workers.filter((w) => w.source !== '').map((w) => choice(w.source, w.worker));
  return [];
}

/** Each task with its state. Tasks that the command applies to come first. */
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

/** Each worker with its source and its state in the task. Workers that have the task come first. */
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

/** The choices that contain a text; the text itself if there are none, because a name may be newer than the list. */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.toLowerCase();
  const found = choices.filter((c) => c.label.toLowerCase().includes(wanted));
  return found.length > 0 || typed.trim() === '' ? found : [choice(typed.trim(), 'not in the list')];
}
