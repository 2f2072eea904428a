import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

export const listMember = (has: Has) =>
  defineCommand({
    name: 'list-member',
    usage: '[--leader] [--master] [--worker] [--name master-name/worker-name ...]',
    summary: sentence('Lists member information', has),
    examples: ['list-member', 'list-member --worker', 'list-member --name master1,worker1'],
    args: { min: 0, max: 0, names: [] },
    flags: [
      { name: 'leader', short: 'l', kind: 'bool', usage: 'only to list leader information' },
      { name: 'master', short: 'm', kind: 'bool', usage: 'only to list master information' },
      { name: 'worker', short: 'w', kind: 'bool', usage: 'only to list worker information' },
      { name: 'name', short: 'n', kind: 'strings', usage: 'specify member names in choosing type', values: 'member' },
    ],
    takesTargets: false,
    mutating: false,
    method: 'ListMember',
    request: ({ flags: { leader, master, worker, name } }) => ({ leader, master, worker, names: [...name] }),
    failure: () => 'can not list members:\n',
    present: async (answer) => (await loadPresenters()).membersView(answer),
  });
