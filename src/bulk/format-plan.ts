// Formats a plan for people. Names cannot control the terminal. Pure.

import { count, joinNames } from '../text/quantity.ts';
import { inOneLine } from '../text/sanitize.ts';
import type { Plan, PlanItem } from './plan.ts';

/** The maximum number of tasks to list before a question or a call. */
const MAX_ITEMS = 10;
const MAX_LEFT = 5;

/** The note about workers that did not answer. */
export function silentWorkers(workers: readonly string[]): string {
  return `no answer from ${joinNames(workers)}: ${workers.length === 1 ? 'its' : 'their'} sub tasks are unknown`;
}

const itemLine = ({ task, file, workers }: PlanItem): string =>
  `  ${inOneLine(task)}${file === undefined ? '' : ` (${inOneLine(file)})`}${workers.length > 0 ? ` on ${inOneLine(joinNames(workers))}` : ''}`;

/** The lines of a plan that has tasks. A long list ends with the number of further tasks, unless `whole` is set. */
export function formatPlan(command: string, plan: Plan, width: number, whole = false): string[] {
  const { items } = plan;
  const most = whole ? items.length : items.length > MAX_ITEMS ? MAX_ITEMS - 1 : MAX_ITEMS;
  const more = items.length - most;
  const pace = items.length > width ? `, ${width === 1 ? 'one' : `at most ${width}`} at a time` : '';
  return [
    `${command} for ${count(items.length, 'task')}${pace}:`,
    ...items.slice(0, most).map(itemLine),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...formatRemainder(plan, whole),
  ];
}

/** The tasks that a plan skips, the sub tasks that it leaves paused, and the workers that did not answer. */
export function formatRemainder({ skipped, pausedByHand = [], unreachable }: Omit<Plan, 'items'>, whole = false): string[] {
  const shown = whole ? pausedByHand : pausedByHand.slice(0, MAX_LEFT);
  const hidden = pausedByHand.length - shown.length;
  const stages = skipped.map(({ task, stages: all }) => `${inOneLine(task)} (${all.join(', ')})`);
  return [
    ...(pausedByHand.length > 0 ? ['paused by a user, not by an error, and left unchanged:'] : []),
    ...shown.map(itemLine),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    ...(skipped.length > 0 ? [`unchanged: ${joinNames(stages, whole ? skipped.length : MAX_LEFT)}`] : []),
    ...(unreachable.length > 0 ? [inOneLine(silentWorkers(unreachable))] : []),
  ];
}
