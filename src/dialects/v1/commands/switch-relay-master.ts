import { goList, someWorkers } from '../checks.ts';
import { command } from '../command.ts';
import { switchHarm } from '../harm.ts';
import { people } from '../lazily.ts';

export const switchRelayMaster = command({
  name: 'switch-relay-master',
  usage: '<-w worker ...>',
  summary: "switch master server of dm-worker's relay unit",
  examples: ['switch-relay-master -w 172.16.10.72:8262'],
  args: { least: 0, most: 0, names: [] },
  changes: true,
  method: 'SwitchWorkerRelayMaster',
  request: (given) => ({ workers: [...someWorkers(given)] }),
  harm: switchHarm,
  failure: (given) => `can not switch relay's master server (in workers ${goList(given.workers)}):\n`,
  view: async (answer) => (await people()).workersView(answer),
  advise: async ({ workers }, answer) => (await people()).afterRelayMoves(workers, answer),
});
