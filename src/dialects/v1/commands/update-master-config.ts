import { command } from '../command.ts';
import { configFile } from '../files.ts';
import { people } from '../lazily.ts';

export const updateMasterConfig = command({
  name: 'update-master-config',
  usage: '<config_file>',
  summary: 'update configure of dm-master',
  examples: ['update-master-config dm-master.toml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  takesWorkers: false,
  changes: true,
  method: 'UpdateMasterConfig',
  request: async (given, bench) => ({ config: await configFile(given, bench) }),
  failure: () => 'can not update master config:\n',
  forewarn: async () => (await people()).masterFile(),
  view: async (answer) => {
    const { clusterOf, subTasksView } = await people();
    return subTasksView(clusterOf(answer), false);
  },
});
