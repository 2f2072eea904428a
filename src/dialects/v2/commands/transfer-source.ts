import { named } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

export const transferSource = (has: Has) =>
  defineCommand({
    name: 'transfer-source',
    usage: '<source-id> <worker-id>',
    summary: sentence('Transfers a upstream MySQL/MariaDB source to a free worker', has),
    since: '2.0.2',
    examples: ['transfer-source mysql-replica-01 worker2'],
    args: { min: 2, max: 2, names: ['<source-id>', '<worker-id>'], kinds: ['source', 'worker'] },
    takesTargets: false,
    mutating: true,
    method: 'TransferSource',
    request: (parsed) => ({ source: named(parsed, 'source'), worker: named(parsed, 'worker', 1) }),
    impact: async (_parsed, request, lookup) => (await loadPresenters()).transferImpact(request, lookup),
    failure: () => 'can not transfer the source:\n',
    present: async (answer) => (await loadPresenters()).plainView(answer),
  });
