import { Refusal } from '../../../core/errors.ts';
import { goList } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

/** Each shows something else of the answer. */
const KINDS = ['summary', 'problems', 'relay'] as const;

export const queryStatus = command({
  name: 'query-status',
  usage: '[-w worker ...] [task_name]',
  summary: "query task's status",
  examples: ['query-status', 'query-status -w 172.16.10.72:8262 test', 'query-status --problems'],
  args: { least: 0, most: 1, names: ['[task_name]'], kinds: ['task'] },
  flags: [
    {
      name: 'summary',
      kind: 'bool',
      usage: 'print a line a task instead, in the form of DM 1.0.2 to 1.0.7; for all tasks of all workers',
      ours: true,
    },
    { name: 'problems', kind: 'bool', usage: 'show only the sub tasks that need a hand', ours: true },
    { name: 'relay', kind: 'bool', usage: 'show the relays of the workers instead of their sub tasks', ours: true },
  ],
  changes: false,
  method: 'QueryStatus',
  request: (given) => {
    if (given.on('summary') && (given.args.length > 0 || given.workers.length > 0)) {
      throw new Refusal('--summary is for all tasks of all workers; leave out the task name and -w, or leave out --summary');
    }
    const kinds = KINDS.filter((kind) => given.on(kind));
    if (kinds.length > 1) throw new Refusal(`${kinds.map((k) => `--${k}`).join(' and ')} do not go together; choose one of them`);
    return { name: given.args[0] ?? '', workers: [...given.workers] };
  },
  failure: (given) => `can not query ${given.args[0] ?? ''} task's status(in workers ${goList(given.workers)}):\n`,
  printing: async (given) => {
    if (!given.on('summary') && !given.on('problems')) return { as: 'json' };
    const { clusterOf, problemsOf, summarise } = await people();
    return { as: 'value', value: (answer) => (given.on('summary') ? summarise(answer) : problemsOf(clusterOf(answer))) };
  },
  view: async (answer, given) => {
    const { clusterOf, relaysView, subTasksView, summaryView } = await people();
    // Not made here: the answer of a large cluster keeps the program busy, and that must hear Ctrl-C.
    return () => {
      const cluster = clusterOf(answer);
      if (given.on('summary')) return summaryView(cluster);
      return given.on('relay') ? relaysView(cluster) : subTasksView(cluster, given.on('problems'));
    };
  },
  // A large cluster's answer has thousands of each; its workers are gone through once.
  wanted: {
    streamed: 'workers',
    passed: new Set([
      'SyncStatus.totalTps',
      'SyncStatus.recentTps',
      'SyncStatus.masterBinlogGtid',
      'SyncStatus.syncerBinlogGtid',
      'SyncStatus.unresolvedGroups',
      'RelayStatus.masterBinlogGtid',
      'RelayStatus.relayBinlogGtid',
    ]),
  },
  rowsUnasked: (given) => given.on('problems') || given.on('relay'),
  advise: async (_given, answer) => (await people()).afterQueryStatus(answer),
});
