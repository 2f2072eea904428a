// The layout of the text that is printed when a sandbox has started.

import { wrapText } from '../../text/width.ts';

export interface Described {
  /** The path of the sample task file, if one was written. */
  readonly taskFile?: string;
  /** The number of tasks that run from the start. */
  readonly tasks?: number;
  /** The width of the terminal; 80 if it is not one. */
  readonly columns?: number;
}

export interface Description {
  readonly address: string;
  readonly headlines: readonly string[];
  /** The sources with their workers, each in one line or more. */
  readonly workers: readonly (readonly string[])[];
  /** The number of tasks that run from the start. */
  readonly tasks: number;
  /** Commands with what they show. */
  readonly steps: readonly Step[];
  readonly columns: number;
}

export type Step = readonly [what: string, then: string];

/** The first workers in a long list. The last one follows them. */
const FIRST_WORKERS = 8;

/** The names of so many tasks that run from the start: task-01, task-02 and so on. */
export function taskNames(count: number): string[] {
  const digits = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, i) => `task-${String(i + 1).padStart(digits, '0')}`);
}

/** Some lines of plain text that fit the terminal. */
export function describeLines({ address, headlines, workers, tasks, steps, columns }: Description): string[] {
  return [
    ...headlines.flatMap((line) => wrapText(line, columns)),
    '',
    ...workerLines(workers),
    ...(tasks > 0 ? ['', ...wrapText(runningTasks(tasks), columns)] : []),
    '',
    ...wrapText(`In another terminal: dmctl -master-addr ${address}`, columns),
    '',
    ...stepLines(steps, columns),
    '',
    'Quick start: docs/quick-start.md',
  ];
}

function workerLines(lines: Description['workers']): string[] {
  const shown = lines.length > FIRST_WORKERS + 2 ? lines.slice(0, FIRST_WORKERS) : lines;
  const hidden = lines.length - shown.length - 1;
  return [...shown, ...(hidden > 0 ? [[`  … ${hidden} more`], lines.at(-1) ?? []] : [])].flat();
}

function runningTasks(count: number): string {
  const names = taskNames(count);
  return count === 1 ? `One task runs on all workers: ${names[0]}.` : `${count} tasks run on all workers: ${names[0]} to ${names.at(-1)}.`;
}

/** In two columns if they fit, else one below the other. */
function stepLines(steps: readonly Step[], columns: number): string[] {
  const width = Math.max(...steps.map(([what]) => what.length));
  const fits = steps.every(([, then]) => 2 + width + 2 + then.length <= columns);
  if (fits) return steps.map(([what, then]) => `  ${what.padEnd(width)}  ${then}`);
  return steps.flatMap(([what, then]) => [
    ...wrapText(what, columns - 2).map((line) => `  ${line}`),
    ...wrapText(then, columns - 6).map((line) => `      ${line}`),
  ]);
}
