import { defineCommand, type Has } from '../define-command.ts';
import { SOME_SOURCES } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { relayRequest, relayUsage } from '../relay.ts';
import { sentence } from '../texts.ts';

export const startRelay = (has: Has) =>
  defineCommand({
    name: 'start-relay',
    usage: relayUsage(has),
    summary: sentence('Starts workers pulling relay log for a source', has),
    since: '2.0.2',
    examples: [has('5.4') ? 'start-relay -s mysql-replica-01' : 'start-relay -s mysql-replica-01 worker1'],
    args: {
      min: has('5.4') ? 0 : 1,
      max: Number.POSITIVE_INFINITY,
      names: ['<worker-name>'],
      kinds: ['worker'],
      requires: [{ ...SOME_SOURCES, single: true }],
    },
    mutating: true,
    method: 'OperateRelay',
    request: (parsed, context) => relayRequest('StartRelayV2', parsed, context, has),
    failure: () => 'can not start relay:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
