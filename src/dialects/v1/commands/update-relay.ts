import { InputError } from '../../../core/errors.ts';
import { command } from '../command.ts';
import { configFile } from '../files.ts';
import { people } from '../lazily.ts';

export const updateRelay = command({
  name: 'update-relay',
  usage: '[-w worker ...] <config_file>',
  summary: "update dm-worker's relay unit configure",
  examples: ['update-relay -w 172.16.10.72:8262 dm-worker.toml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  changes: true,
  method: 'UpdateWorkerRelayConfig',
  request: async (given, bench) => {
    const config = await configFile(given, bench);
    if (given.workers.length !== 1) throw new InputError('must specify one dm-worker (`-w` / `--worker`)');
    return { config, worker: given.workers[0] };
  },
  failure: () => 'can not update relay config:\n',
  view: async (answer, given) => (await people()).oneWorkerView(answer, given.workers[0] ?? ''),
  advise: async (given, answer) => (await people()).afterUpdateRelay(given, { ...answer, workers: [] }),
});
