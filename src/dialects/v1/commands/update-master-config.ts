import { defineCommand } from '../define-command.ts';
import { configFile } from '../files.ts';
import { loadPresenters } from '../load-presenters.ts';

export const updateMasterConfig = defineCommand({
  name: 'update-master-config',
  usage: '<config_file>',
  summary: 'update configure of dm-master',
  examples: ['update-master-config dm-master.toml'],
  args: { min: 1, max: 1, names: ['<config_file>'], kinds: ['toml-file'] },
  takesTargets: false,
  mutating: true,
  method: 'UpdateMasterConfig',
  request: async (parsed, context) => ({ config: await configFile(parsed, context) }),
  failure: () => 'can not update master config:\n',
  warnings: async () => (await loadPresenters()).masterFile(),
  present: async (answer) => {
    const { clusterOf, subTasksView } = await loadPresenters();
    return subTasksView(clusterOf(answer), false);
  },
});
