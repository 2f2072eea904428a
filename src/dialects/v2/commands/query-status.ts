import { Refusal } from '../../../command/errors.ts';
import { goList, optionalTaskName } from '../arguments.ts';
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
    args: { min: 0, max: 1, names: ['[task-name | task-file]'], kinds: ['task'] },
    flags: [
      { name: 'more', kind: 'bool', usage: 'whether to print the detailed task information' },
      { name: 'problems', kind: 'bool', usage: 'show only the sub tasks that need attention', extension: true },
      { name: 'relay', kind: 'bool', usage: 'show the relays instead of the sub tasks', extension: true },
      { name: 'validation', kind: 'bool', usage: 'show the validation of the sub tasks', extension: true },
    ],
    mutating: false,
    method: 'QueryStatus',
    request: async (parsed, context) => {
      const views = VIEWS.filter((view) => parsed.flags[view]);
      if (views.length > 1) throw new Refusal(`${views.map((v) => `--${v}`).join(' and ')} exclude each other. Use one of them`);
      return { name: await optionalTaskName(parsed, context), sources: [...parsed.targets] };
    },
    failure: (parsed) => `can not query ${parsed.args[0] ?? ''} task's status(in sources ${goList(parsed.targets)}):\n`,
    compatOutput: async (parsed) => {
      const { args, targets, flags } = parsed;
      const summarized = args.length === 0 && targets.length === 0 && !flags.more;
      if (!flags.problems && !summarized) return { as: 'json' };
      const { clusterOf, problemsOf, summarise } = await loadPresenters();
      return { as: 'value', value: (answer) => (flags.problems ? problemsOf(clusterOf(answer)) : summarise(answer)) };
    },
    present: async (answer, parsed) => {
      const { clusterOf, relaysView, subTasksView, validationsOf, validationsView } = await loadPresenters();
      return () => {
        if (parsed.flags.validation) return validationsView(validationsOf(answer));
        const cluster = clusterOf(answer);
        return parsed.flags.relay ? relaysView(cluster) : subTasksView(cluster, parsed.flags.problems);
      };
    },
    projection: { streamed: 'sources' },
    prefersTable: (parsed) => parsed.flags.problems || parsed.flags.relay || parsed.flags.validation,
    hints: async (_parsed, answer) => (await loadPresenters()).afterQueryStatus(answer),
  });
