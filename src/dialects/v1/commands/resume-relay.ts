import { someWorkers } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const resumeRelay = command({
  name: 'resume-relay',
  usage: '<-w worker ...>',
  summary: "resume dm-worker's relay unit",
  examples: ['resume-relay -w 172.16.10.72:8262'],
  args: { least: 0, most: 0, names: [] },
  changes: true,
  method: 'OperateWorkerRelayTask',
  request: (given) => ({ op: 'ResumeRelay', workers: [...someWorkers(given)] }),
  failure: () => 'can not resume relay unit:\n',
  view: async (answer) => (await people()).relayOperationView(answer),
});
