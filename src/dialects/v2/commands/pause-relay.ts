import { someSources } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { SOME_SOURCES } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

export const pauseRelay = (has: Has) =>
  defineCommand({
    name: 'pause-relay',
    usage: '<-s source ...>',
    summary: sentence("Pauses DM-worker's relay unit", has),
    since: '2.0.1',
    examples: ['pause-relay -s mysql-replica-01'],
    args: { min: 0, max: 0, names: [], requires: [SOME_SOURCES] },
    mutating: true,
    method: 'OperateWorkerRelayTask',
    request: (parsed) => ({ op: 'PauseRelay', sources: someSources(parsed) }),
    failure: () => 'can not pause relay unit:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
