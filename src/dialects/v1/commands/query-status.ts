import { Refusal } from '../../../command/errors.ts';
import { BY, checkStatusLine, isOwnView, MAX_LAG, PROBLEMS } from '../../../command/status-line.ts';
import { isSelection } from '../../../domain/task-names.ts';
import { goList } from '../checks.ts';
import { STATUS_PROJECTION } from '../cluster-query.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

/** Flags that show different views of the answer. */
const KINDS = ['summary', 'problems', 'relay'] as const;

export const queryStatus = defineCommand({
  name: 'query-status',
  usage: '[-w worker ...] [task_name]',
  moreUsage: [
    '--summary',
    '[-w worker ...] [task-name or pattern]... --by task',
    '[-w worker ...] [task-name or pattern]... --problems',
    '[-w worker ...] [task_name] --relay',
  ],
  summary: "query task's status",
  examples: ['query-status', 'query-status -w 172.16.10.72:8262 test', 'query-status --problems'],
  args: { min: 0, max: 1, many: true, names: ['[task_name]'], kinds: ['task'] },
  flags: [
    {
      name: 'summary',
      kind: 'bool',
      usage: 'print one entry per task instead, as DM 1.0.2 to 1.0.7 do, for all tasks of all workers',
      extension: true,
    },
    BY,
    PROBLEMS,
    MAX_LAG,
    { name: 'relay', kind: 'bool', usage: 'show the relays of the workers instead of their sub tasks', extension: true },
  ],
  mutating: false,
  method: 'QueryStatus',
  request: (parsed) => {
    if (parsed.flags.summary && (parsed.args.length > 0 || parsed.targets.length > 0)) {
      throw new Refusal(
        '--summary is for all tasks of all workers. Nothing was sent. Leave out the task name and -w, or leave out --summary',
      );
    }
    const kinds = KINDS.filter((kind) => parsed.flags[kind]);
    if (kinds.length > 1)
      throw new Refusal(`${kinds.map((k) => `--${k}`).join(' and ')} cannot be combined. Nothing was sent. Use only one of them`);
    checkStatusLine(parsed, { name: 'DM 1.0' });
    return { name: isSelection(parsed.args) ? '' : (parsed.args[0] ?? ''), workers: [...parsed.targets] };
  },
  failure: (parsed) => `can not query ${parsed.args[0] ?? ''} task's status(in workers ${goList(parsed.targets)}):\n`,
  failureCheck: async (parsed) => {
    if (!isOwnView(parsed)) return undefined;
    const { clusterOf, failsStatusLine } = await loadPresenters();
    return (answer) => failsStatusLine(parsed, clusterOf(answer));
  },
  compatOutput: async (parsed) => {
    if (!parsed.flags.summary && !isOwnView(parsed)) return { as: 'json' };
    const { clusterOf, statusValue, summarise } = await loadPresenters();
    return { as: 'value', value: (answer) => (parsed.flags.summary ? summarise(answer) : statusValue(clusterOf(answer), parsed)) };
  },
  present: async (answer, parsed) => {
    const { clusterOf, relaysView, statusView, summaryView } = await loadPresenters();
    // Not computed here: a large answer keeps the program busy, and it must react to Ctrl-C.
    return () => {
      const cluster = clusterOf(answer);
      if (parsed.flags.summary) return summaryView(cluster);
      return parsed.flags.relay ? relaysView(cluster) : statusView(cluster, parsed);
    };
  },
  projection: STATUS_PROJECTION,
  prefersTable: (parsed) => isOwnView(parsed) || parsed.flags.relay,
  hints: async (_given, answer) => (await loadPresenters()).afterQueryStatus(answer),
});
