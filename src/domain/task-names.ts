// Selects tasks by names and patterns.

import { globMatcher, isGlob } from '../text/glob.ts';

/** Whether names select several tasks: more than one name, or a pattern. */
export function isSelection(names: readonly string[]): boolean {
  return names.length > 1 || names.some(isGlob);
}

/** Returns a function that tests whether a task is selected. No names select all tasks. */
export function taskMatcher(names: readonly string[]): (task: string) => boolean {
  if (names.length === 0) return () => true;
  const exact = new Set(names);
  const patterns = names.filter(isGlob).map(globMatcher);
  return (task) => exact.has(task) || patterns.some((matches) => matches(task));
}

/** The names and patterns that match none of the tasks. */
export function unmatched(names: readonly string[], tasks: ReadonlySet<string>): string[] {
  return names.filter((name) => !tasks.has(name) && !(isGlob(name) && [...tasks].some(globMatcher(name))));
}
