import { choice } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

const OPERATIONS = { evict: 'EvictLeaderOp', 'cancel-evict': 'CancelEvictLeaderOp' } as const;

export const operateLeader = (has: Has) =>
  defineCommand({
    name: 'operate-leader',
    usage: '<operate-type>',
    summary: sentence('`evict`/`cancel-evict` the leader', has),
    examples: ['operate-leader evict', 'operate-leader cancel-evict'],
    args: { min: 1, max: 1, names: ['<operate-type>'], kinds: [{ oneOf: Object.keys(OPERATIONS) }] },
    takesTargets: false,
    mutating: true,
    method: 'OperateLeader',
    request: (parsed) => ({ op: choice(parsed.args[0] ?? '', OPERATIONS, 'operation') }),
    impact: async (_parsed, request, lookup) => (await loadPresenters()).leaderImpact(request, lookup),
    failure: () => 'can not operate the leader:\n',
    present: async (answer) => (await loadPresenters()).plainView(answer),
  });
