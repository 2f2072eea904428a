// A plan in lines for people, with names that cannot steer a terminal. Pure.

import { count, joinNames } from '../text/quantity.ts';
import { inOneLine } from '../text/sanitize.ts';
import type { Plan, PlanItem } from './plan.ts';

/** Lines of tasks that are shown before something is asked or sent. */
const MAX_ITEMS = 10;
const MAX_LEFT = 5;

const itemLine = ({ task, workers }: PlanItem): string =>
  `  ${inOneLine(task)}${workers.length > 0 ? ` on ${inOneLine(joinNames(workers))}` : ''}`;

/** The lines of a plan that has tasks; long lists end in a number, unless everything is wanted. */
export function formatPlan(command: string, plan: Plan, width: number, whole = false): string[] {
  const { items } = plan;
  const most = whole ? items.length : items.length > MAX_ITEMS ? MAX_ITEMS - 1 : MAX_ITEMS;
  const more = items.length - most;
  const pace = items.length > width ? `, ${width === 1 ? 'one' : `at most ${width}`} at a time` : '';
  return [
    `${command} of ${count(items.length, 'task')}${pace}:`,
    ...items.slice(0, most).map(itemLine),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...formatRemainder(plan, whole),
  ];
}

/** What a plan leaves out, and what it does not know. */
export function formatRemainder({ skipped, pausedByHand = [], unreachable }: Omit<Plan, 'items'>, whole = false): string[] {
  const shown = whole ? pausedByHand : pausedByHand.slice(0, MAX_LEFT);
  const hidden = pausedByHand.length - shown.length;
  const stages = skipped.map(({ task, stages: all }) => `${inOneLine(task)} (${all.join(', ')})`);
  return [
    ...(pausedByHand.length > 0 ? ['paused by a user, not by an error, and left unchanged:'] : []),
    ...shown.map(itemLine),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    ...(skipped.length > 0
      ? [`left as ${skipped.length === 1 ? 'it is' : 'they are'}: ${joinNames(stages, whole ? skipped.length : MAX_LEFT)}`]
      : []),
    ...(unreachable.length > 0
      ? [`not known is what runs on ${inOneLine(joinNames(unreachable))}, which ${unreachable.length === 1 ? 'does' : 'do'} not answer`]
      : []),
  ];
}
