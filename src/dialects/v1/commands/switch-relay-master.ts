import { goList, someWorkers } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { SOME_WORKERS } from '../flags.ts';
import { switchImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const switchRelayMaster = defineCommand({
  name: 'switch-relay-master',
  usage: '<-w worker ...>',
  summary: "switch master server of dm-worker's relay unit",
  examples: ['switch-relay-master -w 172.16.10.72:8262'],
  args: { min: 0, max: 0, names: [], requires: [SOME_WORKERS] },
  mutating: true,
  method: 'SwitchWorkerRelayMaster',
  request: (parsed) => ({ workers: [...someWorkers(parsed)] }),
  impact: switchImpact,
  failure: (parsed) => `can not switch relay's master server (in workers ${goList(parsed.targets)}):\n`,
  present: async (answer) => (await loadPresenters()).workersView(answer),
  hints: async ({ targets }, answer) => (await loadPresenters()).afterRelayMoves(targets, answer),
});
