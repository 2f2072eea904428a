import { nobodyWaits, operated, taskNotKnown } from '../advice/after.ts';
import { beforeStop } from '../advice/before.ts';
import { name } from '../checks.ts';
import { command } from '../command.ts';
import { stopHarm } from '../harm.ts';
import { operateTaskView } from '../views/outcomes.ts';

export const stopTask = command({
  name: 'stop-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'stop a task with name',
  examples: ['stop-task test'],
  args: { least: 1, most: 1, names: ['<task_name>'], kinds: ['task'] },
  changes: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Stop', name: name(given, 'task name'), workers: [...given.workers] }),
  harm: stopHarm,
  failure: (given) => `can not stop task ${given.args[0]}:\n`,
  view: operateTaskView,
  forewarn: beforeStop,
  advise: (_given, answer) => [...taskNotKnown(answer), ...operated(answer, nobodyWaits)],
});
