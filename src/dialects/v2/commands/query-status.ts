import { Refusal } from '../../../command/errors.ts';
import { BY, checkStatusLine, isOwnView, MAX_LAG, PROBLEMS } from '../../../command/status-line.ts';
import { isSelection } from '../../../domain/task-names.ts';
import { goList, optionalTaskName } from '../arguments.ts';
import { STATUS_PROJECTION } from '../cluster-query.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

/** Flags that show different views of the answer. */
const VIEWS = ['more', 'problems', 'relay', 'validation'] as const;

export const queryStatus = (has: Has) =>
  defineCommand({
    name: 'query-status',
    usage: '[-s source ...] [task-name | task-file] [--more]',
    summary: sentence('Queries task status', has),
    examples: ['query-status', 'query-status -s mysql-replica-01 test', 'query-status --problems'],
    moreUsage: ['[-s source ...] [task-name or pattern]... --by task', '[-s source ...] [task-name or pattern]... --problems'],
    args: { min: 0, max: 1, many: true, names: ['[task-name | task-file]'], kinds: ['task'] },
    flags: [
      { name: 'more', kind: 'bool', usage: 'whether to print the detailed task information' },
      BY,
      PROBLEMS,
      MAX_LAG,
      { name: 'relay', kind: 'bool', usage: 'show the relays instead of the sub tasks', extension: true },
      { name: 'validation', kind: 'bool', usage: 'show the validation of the sub tasks', extension: true },
    ],
    mutating: false,
    method: 'QueryStatus',
    request: async (parsed, context) => {
      const views = VIEWS.filter((view) => parsed.flags[view]);
      if (views.length > 1) throw new Refusal(`${views.map((v) => `--${v}`).join(' and ')} exclude each other. Use one of them`);
      checkStatusLine(parsed, { name: 'this release of DM', reportsLag: has('2.0.7') });
      const name = isSelection(parsed.args) ? '' : await optionalTaskName(parsed, context);
      return { name, sources: [...parsed.targets] };
    },
    failure: (parsed) => `can not query ${parsed.args[0] ?? ''} task's status(in sources ${goList(parsed.targets)}):\n`,
    failureCheck: async (parsed) => {
      if (!isOwnView(parsed)) return undefined;
      const { clusterOf, failsStatusLine } = await loadPresenters();
      return (answer) => failsStatusLine(parsed, clusterOf(answer));
    },
    compatOutput: async (parsed) => {
      const { args, targets, flags } = parsed;
      const isOwn = isOwnView(parsed);
      const summarized = args.length === 0 && targets.length === 0 && !flags.more;
      if (!isOwn && !summarized) return { as: 'json' };
      const { clusterOf, statusValue, summarise } = await loadPresenters();
      return { as: 'value', value: (answer) => (isOwn ? statusValue(clusterOf(answer), parsed) : summarise(answer)) };
    },
    present: async (answer, parsed) => {
      const { clusterOf, relaysView, statusView, validationsOf, validationsView } = await loadPresenters();
      return () => {
        if (parsed.flags.validation) return validationsView(validationsOf(answer));
        const cluster = clusterOf(answer);
        return parsed.flags.relay ? relaysView(cluster) : statusView(cluster, parsed);
      };
    },
    projection: STATUS_PROJECTION,
    prefersTable: (parsed) => isOwnView(parsed) || parsed.flags.relay || parsed.flags.validation,
    hints: async (_parsed, answer) => (await loadPresenters()).afterQueryStatus(answer),
  });
