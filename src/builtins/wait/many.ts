// Waits for several tasks: each has an evaluator of its own, and all share the polls.

import { NOT_SENT, Refusal } from '../../command/errors.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { taskMatcher, unmatched } from '../../domain/task-names.ts';
import { createWaitEvaluator, type Judge, type WaitState, type WaitTarget } from '../../domain/wait-evaluator.ts';
import type { RunContext } from '../../invoke/context.ts';
import { isGlob } from '../../text/glob.ts';
import { count, joinNames } from '../../text/quantity.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { pause, ranOut } from '../interval.ts';
import { look } from './look.ts';
import { openWaitProgress } from './progress.ts';

/** A task and its last state. */
export interface TaskState {
  readonly task: string;
  readonly state: WaitState;
}

/** How a wait ended. */
export interface WaitOutcome {
  readonly kind: 'reached' | 'failed' | 'uncertain' | 'timed out' | 'interrupted';
}

export interface ManyTarget extends Omit<WaitTarget, 'task'> {
  /** Names and patterns as typed. A pattern stands for the tasks that match it at the first answer. */
  readonly names: readonly string[];
  /** Whether one task is enough. */
  readonly any: boolean;
}

const NO_ANSWER: WaitState = { kind: 'not yet', missing: 'no answer yet', brief: '' };

/** Polls until the wait is over or the signal aborts. Throws Refusal for a pattern that matches no task. */
export async function waitForMany(target: ManyTarget, context: RunContext, intervalMs: number): Promise<TaskState[]> {
  const { names, any, ...each } = target;
  const { signal } = context;
  const judges = new Map<string, Judge>();
  const states = new Map<string, WaitState>(names.filter((name) => !isGlob(name)).map((name) => [name, NO_ANSWER]));
  const progress = openWaitProgress(context, `${any ? 'one of ' : ''}${joinNames(names.map(inOneLine), 3)} --for ${each.condition}`);
  let expanded = false;
  try {
    for (;;) {
      const began = performance.now();
      const round = await look(context, '', each.workers);
      if (!round) break;
      if (!expanded && 'cluster' in round && round.cluster.refused === '') {
        for (const task of matches(names, round.cluster)) states.set(task, NO_ANSWER);
        expanded = true;
      }
      for (const task of states.keys()) {
        if (states.get(task)?.kind === 'reached') continue;
        const judge = judges.get(task) ?? createWaitEvaluator({ ...each, task });
        judges.set(task, judge);
        states.set(task, judge.judge(round));
      }
      const all = [...states.values()];
      if (expanded && isOver(all, any)) break;
      await progress.update(summaryOf(states));
      await pause(began + intervalMs - performance.now(), signal);
      if (signal.aborted) break;
    }
  } finally {
    await progress.close();
  }
  return [...states].map(([task, state]) => ({ task, state }));
}

/** The tasks that names and patterns stand for. Throws Refusal. */
function matches(names: readonly string[], { subTasks }: Cluster): string[] {
  const tasks = new Set(subTasks.map((s) => s.task));
  const [missing] = unmatched(names.filter(isGlob), tasks);
  if (missing !== undefined) {
    const existing = tasks.size > 0 ? `The tasks are ${joinNames([...tasks].map(inOneLine))}` : 'There are no tasks';
    throw new Refusal(`no task matches ${missing}. ${NOT_SENT}. ${existing}`);
  }
  return [...tasks].filter(taskMatcher(names)).sort();
}

const hasEnded = ({ kind }: WaitState): boolean => kind === 'never' || kind === 'uncertain';

function isOver(states: readonly WaitState[], any: boolean): boolean {
  const reached = states.filter(({ kind }) => kind === 'reached').length;
  return any ? reached > 0 || states.every(hasEnded) : reached === states.length || states.some(hasEnded);
}

/** The progress in one line: how many have reached the state, and what the first of the others lacks. */
function summaryOf(states: ReadonlyMap<string, WaitState>): Extract<WaitState, { kind: 'not yet' }> {
  const open = [...states].filter(([, state]) => state.kind === 'not yet');
  const done = states.size - open.length;
  const [first] = open;
  const lacks = first ? `${inOneLine(first[0])}: ${whyOf(first[1])}` : '';
  const missing = `${done} of ${count(states.size, 'task')}${lacks === '' ? '' : `, ${lacks}`}`;
  return { kind: 'not yet', missing, brief: missing };
}

/** Why a task has, or has not, reached the state. */
export function whyOf(state: WaitState): string {
  return state.kind === 'reached' ? state.how : state.kind === 'not yet' ? state.missing : state.why;
}

/** How the wait ended. An open task counts only if the wait was cut off. */
export function outcomeOf(result: readonly TaskState[], any: boolean, signal: AbortSignal): WaitOutcome {
  const kinds = result.map(({ state }) => state.kind);
  if (any ? kinds.includes('reached') : kinds.every((kind) => kind === 'reached')) return { kind: 'reached' };
  if (kinds.includes('never')) return { kind: 'failed' };
  if (kinds.includes('uncertain')) return { kind: 'uncertain' };
  return { kind: ranOut(signal) ? 'timed out' : 'interrupted' };
}
