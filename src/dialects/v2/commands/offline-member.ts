import { InputError } from '../../../command/errors.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

export const offlineMember = (has: Has) =>
  defineCommand({
    name: 'offline-member',
    usage: '<--master/--worker> <--name master-name/worker-name>',
    summary: sentence('Offlines member which has been closed', has),
    examples: ['offline-member --worker --name worker1'],
    args: { min: 0, max: 0, names: [], requires: [{ oneOf: ['master', 'worker'] }, { oneOf: ['name'] }] },
    flags: [
      { name: 'master', short: 'm', kind: 'bool', usage: 'to offline a master' },
      { name: 'worker', short: 'w', kind: 'bool', usage: 'to offline a worker' },
      { name: 'name', short: 'n', kind: 'string', usage: 'specify member name for choosing type', values: 'member' },
    ],
    takesTargets: false,
    mutating: true,
    method: 'OfflineMember',
    request: ({ flags }) => {
      if (flags.master === flags.worker) throw new InputError('should specify either --master or --worker');
      if (flags.name === '') throw new InputError('a member name must be specified');
      return { type: flags.master ? 'master' : 'worker', name: flags.name };
    },
    impact: async (_parsed, request, lookup) => (await loadPresenters()).offlineImpact(request, lookup),
    failure: () => 'offline member failed:\n',
    present: async (answer) => (await loadPresenters()).plainView(answer),
  });
