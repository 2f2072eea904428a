import { goList } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const queryError = command({
  name: 'query-error',
  usage: '[-w worker ...] [task_name]',
  summary: "query task's error",
  examples: ['query-error test'],
  args: { least: 0, most: 1, names: ['[task_name]'], kinds: ['task'] },
  changes: false,
  method: 'QueryError',
  request: (given) => ({ name: given.args[0] ?? '', workers: [...given.workers] }),
  failure: (given) =>
    [
      'dmctl query error failed\n',
      given.args[0] ? `taskname: ${given.args[0]}\n` : '',
      given.workers.length ? `workers: ${goList(given.workers)}\n` : '',
      'error: ',
    ].join(''),
  view: async (answer) => (await people()).queryErrorView(answer),
  forewarn: async (given, _request, lookup) => (await people()).beforeQueryError(given, lookup),
  advise: async (_given, answer) => (await people()).afterQueryError(answer),
});
