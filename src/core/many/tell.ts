// A plan in lines for people, with names that cannot steer a terminal. Pure.

import { inOneLine } from '../../print/sanitise.ts';
import { count } from '../../views/shape.ts';
import { type Item, listed, type Plan } from './plan.ts';

/** Lines of tasks that are shown before something is asked or sent. */
const MOST_ITEMS = 10;
const MOST_LEFT = 5;

const itemLine = ({ task, workers }: Item): string =>
  `  ${inOneLine(task)}${workers.length > 0 ? ` on ${inOneLine(listed(workers))}` : ''}`;

/** The lines of a plan that has tasks; long lists end in a number, unless everything is wanted. */
export function planLines(command: string, { items, left, silent }: Plan, width: number, whole = false): string[] {
  const most = whole ? items.length : items.length > MOST_ITEMS ? MOST_ITEMS - 1 : MOST_ITEMS;
  const more = items.length - most;
  const pace = items.length > width ? `, ${width === 1 ? 'one' : `at most ${width}`} at a time` : '';
  return [
    `${command} of ${count(items.length, 'task')}${pace}:`,
    ...items.slice(0, most).map(itemLine),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...asideLines({ left, silent }, whole),
  ];
}

/** What a plan leaves out, and what it does not know. */
export function asideLines({ left, silent }: Pick<Plan, 'left' | 'silent'>, whole = false): string[] {
  const stages = left.map(({ task, stages: all }) => `${inOneLine(task)} (${all.join(', ')})`);
  return [
    ...(left.length > 0 ? [`left as ${left.length === 1 ? 'it is' : 'they are'}: ${listed(stages, whole ? left.length : MOST_LEFT)}`] : []),
    ...(silent.length > 0
      ? [`not known is what runs on ${inOneLine(listed(silent))}, which ${silent.length === 1 ? 'does' : 'do'} not answer`]
      : []),
  ];
}
