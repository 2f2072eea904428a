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
  request: (parsed) => ({ name: parsed.args[0] ?? '', workers: [...parsed.targets] }),
  failure: (parsed) =>
    [
      'dmctl query error failed\n',
      parsed.args[0] ? `taskname: ${parsed.args[0]}\n` : '',
      parsed.targets.length ? `workers: ${goList(parsed.targets)}\n` : '',
      'error: ',
    ].join(''),
  present: async (answer) => (await loadPresenters()).queryErrorView(answer),
  warnings: async (parsed, _request, lookup) => (await loadPresenters()).beforeQueryError(parsed, lookup),
  hints: async (_given, answer) => (await loadPresenters()).afterQueryError(answer),
});
