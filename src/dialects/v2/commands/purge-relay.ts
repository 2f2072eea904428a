import { InputError } from '../../../command/errors.ts';
import { trimBoth } from '../../../text/trim.ts';
import { someSources } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { SOME_SOURCES } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

const NO_FILE = 'must specify the name of the terminal file before which to purge relay log files. (`-f` / `--filename`)';

export const purgeRelay = (has: Has) =>
  defineCommand({
    name: 'purge-relay',
    usage: '<-s source> <-f filename> [--sub-dir directory]',
    summary: sentence('Purges relay log files of the DM-worker according to the specified filename', has),
    since: '2.0.1',
    examples: ['purge-relay -s mysql-replica-01 -f mysql-bin.000006'],
    args: { min: 0, max: 0, names: [], requires: [{ ...SOME_SOURCES, single: true }, { oneOf: ['filename'] }] },
    flags: [
      {
        name: 'filename',
        short: 'f',
        kind: 'string',
        usage: 'name of the terminal file before which to purge relay log files. Sample format: "mysql-bin.000006"',
        values: 'none',
      },
      {
        name: 'sub-dir',
        kind: 'string',
        usage:
          'specify relay sub directory for --filename. If not specified, the latest one will be used. Sample format: "2ae76434-f79f-11e8-bde2-0242ac130008.000001"',
        values: 'none',
      },
    ],
    mutating: true,
    method: 'PurgeWorkerRelay',
    request: async (parsed, context) => {
      const sources = someSources(parsed);
      const filename = trimBoth(parsed.flags.filename, '"');
      if (filename === '') throw new InputError(NO_FILE);
      if (sources.length > 1) throw new InputError('for --filename, can only specify one source per time');
      const subDir = withoutQuotes(parsed.flags.subDir);
      if (subDir === '') await context.printRemark('[warn] no --sub-dir specify for --filename, the latest one will be used');
      return { sources, filename, subDir };
    },
    impact: async (_parsed, request) => (await loadPresenters()).purgeImpact(request),
    failure: () => 'can not purge relay log files: \n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });

/** Removes a surrounding pair of double quotes, unless the text is only a pair. */
const withoutQuotes = (text: string): string => (/^".+"$/s.test(text) ? text.slice(1, -1) : text);
