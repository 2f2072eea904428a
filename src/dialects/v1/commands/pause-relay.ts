import { someWorkers } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { SOME_WORKERS } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';

export const pauseRelay = defineCommand({
  name: 'pause-relay',
  usage: '<-w worker ...>',
  summary: "pause dm-worker's relay unit",
  examples: ['pause-relay -w 172.16.10.72:8262'],
  args: { min: 0, max: 0, names: [], requires: [SOME_WORKERS] },
  mutating: true,
  method: 'OperateWorkerRelayTask',
  request: (parsed) => ({ op: 'PauseRelay', workers: [...someWorkers(parsed)] }),
  failure: () => 'can not pause relay unit:\n',
  present: async (answer) => (await loadPresenters()).relayOperationView(answer),
});
