import { InputError } from '../../../command/errors.ts';
import { goList, name, someWorkers } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { SOME_WORKERS } from '../flags.ts';
import { breakImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const breakDdlLock = defineCommand({
  name: 'break-ddl-lock',
  usage: '<-w worker ...> <task-name> [--remove-id] [--exec] [--skip]',
  summary: "force to break dm-worker's DDL lock",
  examples: ['break-ddl-lock -w 172.16.10.72:8262 test --skip'],
  args: { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'], requires: [SOME_WORKERS, { oneOf: ['skip', 'exec', 'remove-id'] }] },
  flags: [
    { name: 'remove-id', short: 'i', kind: 'string', usage: "DDLLockInfo's ID which need to remove", values: 'lock' },
    { name: 'exec', short: 'e', kind: 'bool', usage: 'whether execute DDL which is blocking' },
    { name: 'skip', short: 's', kind: 'bool', usage: 'whether skip DDL which in blocking' },
  ],
  mutating: true,
  method: 'BreakWorkerDDLLock',
  request: (parsed) => {
    const workers = [...someWorkers(parsed)];
    const task = name(parsed, 'task name');
    const removeLockID = parsed.flags.removeId;
    const [execDDL, skipDDL] = [parsed.flags.exec, parsed.flags.skip];
    if (removeLockID === '' && !execDDL && !skipDDL) throw new InputError('`remove-id`, `exec`, `skip` must specify at least one');
    if (execDDL && skipDDL) throw new InputError('`exec` and `skip` can not specify both at the same time');
    return { workers, task, removeLockID, execDDL, skipDDL };
  },
  impact: (parsed, _request, lookup) => breakImpact(parsed, lookup),
  failure: (parsed) => `can not break DDL lock (in workers ${goList(parsed.targets)}):\n`,
  present: async (answer) => (await loadPresenters()).workersView(answer),
  hints: async (parsed, answer) => (await loadPresenters()).afterBreak(parsed, answer),
});
