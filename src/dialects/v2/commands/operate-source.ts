import { InputError, Refusal } from '../../../command/errors.ts';
import { choice } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { sourceFile } from '../files.ts';
import { loadPresenters } from '../load-presenters.ts';
import { SAMPLE_SOURCE } from '../sample-source.ts';
import { sentence } from '../texts.ts';

const OPERATIONS = { create: 'StartSource', update: 'UpdateSource', stop: 'StopSource', show: 'ShowSource' } as const;

export const operateSource = (has: Has) =>
  defineCommand({
    name: 'operate-source',
    usage: `<operate-type> [config-file ...]${has('6.0') ? ' [-w worker]' : ''} [--print-sample-config]`,
    summary: sentence(`\`create\`${has('6.0') ? '' : '/`update`'}/\`stop\`/\`show\` upstream MySQL/MariaDB source`, has),
    examples: ['operate-source create source.yaml', 'operate-source stop mysql-replica-01', 'operate-source show'],
    args: {
      min: 1,
      max: Number.POSITIVE_INFINITY,
      names: ['<operate-type>', '[config-file ...]'],
      kinds: [
        { oneOf: has('6.0') ? ['create', 'stop', 'show'] : ['create', 'update', 'stop', 'show'] },
        { after: { create: 'yaml-file', update: 'yaml-file', stop: 'source', show: 'source' } },
      ],
      unless: ['print-sample-config'],
    },
    flags: [
      { name: 'print-sample-config', short: 'p', kind: 'bool', usage: 'print sample config file of source' },
      { name: 'worker', short: 'w', kind: 'string', usage: 'specify bound worker for created source', values: 'worker' },
    ],
    mutating: true,
    readsOnly: (parsed) => parsed.args[0] === 'show' || parsed.flags.printSampleConfig,
    method: 'OperateSource',
    request: async (parsed, context) => {
      const [word = '', ...files] = parsed.args;
      const op = choice(word, OPERATIONS, 'operation');
      if (op !== 'ShowSource' && files.length === 0) {
        throw new InputError(`operate-source create/${has('6.0') ? '' : 'update/'}stop should specify config-file(s)`);
      }
      const { worker } = parsed.flags;
      if (worker !== '' && op === 'StartSource' && files.length > 1) {
        throw new InputError("operate-source create can't create multiple sources when specify worker");
      }
      if (worker !== '' && op !== 'StartSource') await context.warn(`--worker has no effect on operate-source ${word}`);
      const config: string[] = [];
      const sourceID = [...parsed.targets];
      for (const file of files) {
        if (file === '') throw new Refusal('the name of a file or source is empty. Give its name');
        const text = await sourceFile(file, context, op, has);
        if (text === undefined) sourceID.push(file);
        else config.push(text);
      }
      return { op, config, sourceID, ...(has('6.0') && op === 'StartSource' && { workerName: worker }) };
    },
    impact: async (_parsed, request) => (await loadPresenters()).sourceImpact(request),
    steps: (parsed) => (parsed.flags.printSampleConfig ? async () => ({ text: SAMPLE_SOURCE, failed: false }) : undefined),
    failure: () => 'can not operate sources:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });
