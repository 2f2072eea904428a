import { defineCommand, type Has } from '../define-command.ts';
import { SOME_SOURCES } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { relayRequest, relayUsage } from '../relay.ts';
import { sentence } from '../texts.ts';

export const stopRelay = (has: Has) =>
  defineCommand({
    name: 'stop-relay',
    usage: relayUsage(has),
    summary: sentence('Stops workers pulling relay log for a source', has),
    since: '2.0.2',
    examples: [has('5.4') ? 'stop-relay -s mysql-replica-01' : 'stop-relay -s mysql-replica-01 worker1'],
    args: {
      min: has('5.4') ? 0 : 1,
      max: Number.POSITIVE_INFINITY,
      names: ['<worker-name>'],
      kinds: ['worker'],
      requires: [{ ...SOME_SOURCES, single: true }],
    },
    mutating: true,
    method: 'OperateRelay',
    request: (parsed, context) => relayRequest('StopRelayV2', parsed, context, has),
    failure: () => 'can not stop relay:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
