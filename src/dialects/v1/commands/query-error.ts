import { goList } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const queryError = defineCommand({
  name: 'query-error',
  usage: '[-w worker ...] [task_name]',
  summary: "query task's error",
  examples: ['query-error test'],
  args: { min: 0, max: 1, names: ['[task_name]'], kinds: ['task'] },
  mutating: false,
  method: 'QueryError',
  request: (given) => ({ name: given.args[0] ?? '', workers: [...given.targets] }),
  failure: (given) =>
    [
      'dmctl query error failed\n',
      given.args[0] ? `taskname: ${given.args[0]}\n` : '',
      given.targets.length ? `workers: ${goList(given.targets)}\n` : '',
      'error: ',
    ].join(''),
  present: async (answer) => (await loadPresenters()).queryErrorView(answer),
  warnings: async (given, _request, lookup) => (await loadPresenters()).beforeQueryError(given, lookup),
  hints: async (_given, answer) => (await loadPresenters()).afterQueryError(answer),
});
