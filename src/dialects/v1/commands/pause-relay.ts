import { someWorkers } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const pauseRelay = command({
  name: 'pause-relay',
  usage: '<-w worker ...>',
  summary: "pause dm-worker's relay unit",
  examples: ['pause-relay -w 172.16.10.72:8262'],
  args: { least: 0, most: 0, names: [] },
  changes: true,
  method: 'OperateWorkerRelayTask',
  request: (given) => ({ op: 'PauseRelay', workers: [...someWorkers(given)] }),
  failure: () => 'can not pause relay unit:\n',
  view: async (answer) => (await people()).relayOperationView(answer),
});
