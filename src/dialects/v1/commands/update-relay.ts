import { InputError } from '../../../command/errors.ts';
import { defineCommand } from '../define-command.ts';
import { configFile } from '../files.ts';
import { ONE_WORKER } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';

export const updateRelay = defineCommand({
  name: 'update-relay',
  usage: '[-w worker ...] <config_file>',
  summary: "update dm-worker's relay unit configure",
  examples: ['update-relay -w 172.16.10.72:8262 dm-worker.toml'],
  args: { min: 1, max: 1, names: ['<config_file>'], kinds: ['toml-file'], requires: [ONE_WORKER] },
  mutating: true,
  method: 'UpdateWorkerRelayConfig',
  request: async (parsed, context) => {
    const config = await configFile(parsed, context);
    if (parsed.targets.length !== 1) throw new InputError('must specify one dm-worker (`-w` / `--worker`)');
    return { config, worker: parsed.targets[0] };
  },
  failure: () => 'can not update relay config:\n',
  present: async (answer, parsed) => (await loadPresenters()).oneWorkerView(answer, parsed.targets[0] ?? ''),
  hints: async (parsed, answer) => (await loadPresenters()).afterUpdateRelay(parsed, { ...answer, workers: [] }),
});
