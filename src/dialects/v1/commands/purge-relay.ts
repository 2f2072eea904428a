import { InputError, Refusal } from '../../../command/errors.ts';
import { trimBoth } from '../../../text/trim.ts';
import { someWorkers, unquoted } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { ONE_WORKER } from '../flags.ts';
import { purgeImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const purgeRelay = defineCommand({
  name: 'purge-relay',
  usage: '<-w worker> [--filename] [--sub-dir]',
  summary: "purge dm-worker's relay log files according to specified filename",
  examples: ['purge-relay -w 172.16.10.72:8262 -f mysql-bin.000006'],
  args: { min: 0, max: 0, names: [], requires: [ONE_WORKER, { oneOf: ['filename', 'sub-dir'] }] },
  flags: [
    {
      name: 'filename',
      short: 'f',
      kind: 'string',
      usage: 'whether try to purge relay log files before this filename, the format is "mysql-bin.000006"',
    },
    {
      name: 'sub-dir',
      short: 's',
      kind: 'string',
      usage:
        'specify relay sub directory for --filename, if not specified, the latest one will be used, the format is "2ae76434-f79f-11e8-bde2-0242ac130008.000001"',
    },
  ],
  mutating: true,
  method: 'PurgeWorkerRelay',
  request: async (parsed, context) => {
    const workers = [...someWorkers(parsed)];
    const filename = trimBoth(parsed.flags.filename, '"');
    if (filename !== '' && workers.length > 1) throw new InputError('for --filename, can only specify one dm-worker per time');
    const subDir = unquoted(parsed.flags.subDir);
    if (filename === '' && subDir === '') {
      throw new Refusal('no relay log file was given. Nothing was sent. Give the first file to keep with --filename');
    }
    if (filename !== '' && subDir === '')
      await context.printRemark('[warn] no --sub-dir specify for --filename, the latest one will be used');
    return { workers, filename, subDir };
  },
  impact: purgeImpact,
  failure: () => 'can not purge relay log files: \n',
  present: async (answer) => (await loadPresenters()).workersView(answer),
});
