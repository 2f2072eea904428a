import { nameInTaskFile } from '../../../text/task-file.ts';
import { checkedTime } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { CHECK } from '../extensions.ts';
import { taskFile } from '../files.ts';
import { START_TIME } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';
import { checkTask, DEFAULT_COUNTS } from './check-task.ts';

export const startTask = (has: Has) =>
  defineCommand({
    name: 'start-task',
    usage: '[-s source ...] [--remove-meta] <config-file>',
    moreUsage: ['[-s source ...] [--remove-meta] <config-file>...', '[-s source ...] [--remove-meta] - (the file from standard input)'],
    summary: sentence('Starts a task as defined in the configuration file', has),
    examples: ['start-task task.yaml', 'start-task -s mysql-replica-01 task.yaml', 'start-task --check task.yaml'],
    args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<config-file>'], kinds: ['yaml-file'] },
    lints: 'task',
    flags: [{ name: 'remove-meta', kind: 'bool', usage: "whether to remove task's meta data" }, START_TIME, CHECK],
    mutating: true,
    method: 'StartTask',
    request: async (parsed, context) => ({
      task: await taskFile(parsed, context, has),
      sources: [...parsed.targets],
      removeMeta: parsed.flags.removeMeta,
      ...(has('6.0') && { startTime: checkedTime(parsed.flags.startTime, has) }),
    }),
    impact: async (parsed, request) => (await loadPresenters()).startImpact(parsed.flags.removeMeta, request.sources ?? []),
    preflight: (parsed, { task = '' }) =>
      parsed.flags.check ? { command: checkTask(has), request: { task, ...DEFAULT_COUNTS }, ifRejected: 'nothing was started' } : undefined,
    manyFiles: { results: async (answer) => (await loadPresenters()).startOutcomes(answer) },
    failure: () => 'can not start task:\n',
    compatOutput: () => ({ as: 'check' }),
    present: async (answer) => (await loadPresenters()).checkedView(answer),
    hints: async (_parsed, answer, { task = '' }) => (await loadPresenters()).afterStart(answer, nameInTaskFile(task)),
  });
