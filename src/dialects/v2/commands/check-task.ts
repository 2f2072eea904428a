import { checkedTime } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { checkedFile } from '../files.ts';
import { START_TIME } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

/** How many errors and warnings the answer lists unless flags say otherwise. */
export const DEFAULT_COUNTS = { errCnt: 10, warnCnt: 10 };

export const checkTask = (has: Has) =>
  defineCommand({
    name: 'check-task',
    usage: '<config-file> [--error count] [--warn count]',
    moreUsage: ['<config-file>... [--error count] [--warn count]', '- [--error count] [--warn count] (the file from standard input)'],
    summary: sentence('Checks the configuration file of the task', has),
    examples: ['check-task task.yaml', 'check-task task.yaml --error 50 --warn 0'],
    args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<config-file>'], kinds: ['yaml-file'] },
    lints: 'task',
    flags: [
      { name: 'error', short: 'e', kind: 'int', usage: 'max count of errors to display', default: 10, values: 'none' },
      { name: 'warn', short: 'w', kind: 'int', usage: 'max count of warns to display', default: 10, values: 'none' },
      START_TIME,
    ],
    takesTargets: false,
    mutating: false,
    method: 'CheckTask',
    request: async (parsed, context) => ({
      task: await checkedFile(parsed, context, has),
      errCnt: parsed.flags.error,
      warnCnt: parsed.flags.warn,
      ...(has('6.0') && { startTime: checkedTime(parsed.flags.startTime, has) }),
    }),
    manyFiles: { results: async ({ result, msg }) => (await loadPresenters()).checkOutcomes(result, msg) },
    failure: () => 'fail to check task:\n',
    compatOutput: () => ({ as: 'check' }),
    present: async ({ result, msg }) => (await loadPresenters()).checkOutcome(result, msg),
    hints: async (_parsed, answer) => (await loadPresenters()).afterCheck(answer),
  });
