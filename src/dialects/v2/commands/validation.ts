import { InputError } from '../../../command/errors.ts';
import type { FlagSpec, ParsedArgs } from '../../../command/flags.ts';
import type { CommandSpec } from '../../../command/spec.ts';
import { checkedTime, choice, named } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

const ALL_TASK = { name: 'all-task', kind: 'bool', usage: 'whether applied to all tasks' } as const satisfies FlagSpec;

/** The task of start, stop and update; empty for --all-task. An empty name would mean every task, so it is rejected. */
function taskOrAll(parsed: ParsedArgs<{ readonly allTask: boolean }>): string {
  const { allTask } = parsed.flags;
  if (parsed.args.length > 1) throw new InputError('too many arguments are specified');
  if (allTask === (parsed.args.length === 1)) throw new InputError('either `task-name` or `all-task` should be set');
  return allTask ? '' : named(parsed, 'task name');
}

const TASK_OR_ALL = { min: 1, max: 1, names: ['[task-name]'], kinds: ['task'], unless: ['all-task'] } as const;

/** What a message of one release has and another has not is decided where the request is built. */
type Request = object;

const start = (has: Has): CommandSpec =>
  defineCommand({
    name: 'validation start',
    usage: '[--all-task] [task-name]',
    summary: 'start to validate the completeness of the data',
    since: '6.0',
    examples: ['validation start test', 'validation start --all-task --mode fast'],
    args: TASK_OR_ALL,
    flags: [
      ALL_TASK,
      {
        name: 'mode',
        kind: 'string',
        usage:
          'specify the mode of validation: full (default), fast; this flag will be ignored if the validation task has been ever enabled but currently paused',
        default: 'full',
        values: { oneOf: ['full', 'fast'] },
      },
      {
        name: 'start-time',
        kind: 'string',
        usage: "specify the start time of binlog for validation, e.g. '2021-10-21 00:01:00' or 2021-10-21T00:01:00",
        values: 'none',
      },
    ],
    mutating: true,
    method: 'StartValidation',
    request: (parsed): Request => {
      const { mode, startTime } = parsed.flags;
      if (mode !== 'full' && mode !== 'fast') throw new InputError(`mode should be either \`full\` or \`fast\`, current is \`${mode}\``);
      checkedTime(startTime, has);
      const task = { sources: [...parsed.targets], taskName: taskOrAll(parsed) };
      if (!has('6.2')) return { mode, fromTime: startTime, ...task };
      return {
        ...task,
        ...(parsed.given.has('mode') && { mode_value: mode }),
        ...(parsed.given.has('start-time') && { start_time_value: startTime }),
      };
    },
    failure: () => 'can not start the validation:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (_parsed, answer) => (await loadPresenters()).afterValidationStart(answer),
  });

const stop = (): CommandSpec =>
  defineCommand({
    name: 'validation stop',
    usage: '[--all-task] [task-name]',
    summary: 'stop validating the completeness of the data',
    since: '6.0',
    examples: ['validation stop test', 'validation stop --all-task'],
    args: TASK_OR_ALL,
    flags: [ALL_TASK],
    mutating: true,
    method: 'StopValidation',
    request: (parsed) => ({ sources: [...parsed.targets], taskName: taskOrAll(parsed) }),
    impact: (parsed) => (parsed.flags.allTask ? ['Stops the validation of every task.'] : []),
    failure: () => 'can not stop the validation:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });

const STAGES = { '': 'InvalidStage', running: 'Running', stopped: 'Stopped' } as const;

const status = (has: Has): CommandSpec =>
  defineCommand({
    name: 'validation status',
    usage: '[--table-stage stage] <task-name>',
    summary: 'query validation status of a task',
    since: '6.0',
    examples: ['validation status test', 'validation status test --table-stage stopped'],
    args: { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'] },
    flags: [
      {
        name: 'table-stage',
        kind: 'string',
        usage: 'filter validation tables by stage: running/stopped',
        values: { oneOf: ['running', 'stopped'] },
      },
    ],
    takesTargets: false,
    mutating: false,
    method: 'GetValidationStatus',
    request: (parsed): Request => {
      const stage = STAGES[parsed.flags.tableStage as keyof typeof STAGES];
      if (stage === undefined) throw new InputError('stage should be either `running` or `stopped`');
      const name = named(parsed, 'task name');
      return has('6.1') ? { taskName: name, filterStatus: stage } : { taskName: name, FilterStatus: parsed.flags.tableStage };
    },
    failure: () => 'can not query the validation:\n',
    present: async (answer) => (await loadPresenters()).validationView(answer),
  });

const ERROR_STATES = { all: 'InvalidErr', ignored: 'IgnoredErr', unprocessed: 'NewErr' } as const;

const showError = (has: Has): CommandSpec =>
  defineCommand({
    name: 'validation show-error',
    usage: '[--error error-state] <task-name>',
    summary: 'show validation error row change',
    since: '6.0',
    examples: ['validation show-error test', 'validation show-error test --error all'],
    args: { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'] },
    flags: [
      {
        name: 'error',
        kind: 'string',
        usage: 'filtering type of error: all, ignored, or unprocessed',
        default: 'unprocessed',
        values: { oneOf: Object.keys(ERROR_STATES) },
      },
    ],
    takesTargets: false,
    mutating: false,
    method: 'GetValidationError',
    request: (parsed): Request => {
      const { error } = parsed.flags;
      if (!Object.hasOwn(ERROR_STATES, error)) throw new InputError('error flag should be either `all`, `ignored`, or `unprocessed`');
      const errState = has('6.1') ? choice(error, ERROR_STATES, '--error') : error;
      return { errState, taskName: named(parsed, 'task name') };
    },
    failure: () => 'can not query the validation errors:\n',
    present: async (answer) => (await loadPresenters()).validationErrorsView(answer),
  });

const ERROR_OPERATIONS = [
  { word: 'ignore-error', op: 1, summary: 'ignore validation error row change' },
  { word: 'resolve-error', op: 2, summary: 'resolve validation error row change' },
  { word: 'clear-error', op: 3, summary: 'clear validation error row change' },
] as const;

/** Whether a text is a number that fits into 63 bits. */
const isErrorId = (text: string): boolean => /^\+?\d{1,19}$/.test(text) && BigInt(text.replace('+', '')) < 1n << 63n;

const errorCommand = ({ word, op, summary }: (typeof ERROR_OPERATIONS)[number], has: Has): CommandSpec =>
  defineCommand({
    name: `validation ${word}`,
    usage: '<task-name> <error-id|--all>',
    summary,
    since: '6.0',
    examples: [`validation ${word} test 1`, `validation ${word} test --all`],
    args: { min: 1, max: 2, names: ['<task-name>', '<error-id|--all>'], kinds: ['task', 'none'] },
    flags: [{ name: 'all', kind: 'bool', usage: 'all errors' }],
    takesTargets: false,
    mutating: true,
    method: 'OperateValidationError',
    request: (parsed): Request => {
      const { all } = parsed.flags;
      const [, id] = parsed.args;
      if (all === ((id ?? '') !== '')) throw new InputError('either `--all` or `error-id` should be set');
      if (!all && !isErrorId(id ?? '')) throw new InputError('`error-id` should be integer when `--all` is not set');
      const errId = has('6.1') ? BigInt((id ?? '').replace('+', '') || 0) : (id ?? '');
      return { op, isAllError: all, taskName: named(parsed, 'task name'), errId };
    },
    impact: (parsed) => (op === 3 ? [`Deletes ${parsed.flags.all ? 'all validation errors' : 'the validation error'} of the task.`] : []),
    failure: () => `can not ${word.replace('-', ' the ')}:\n`,
    present: async (answer) => (await loadPresenters()).plainView(answer),
  });

const update = (): CommandSpec =>
  defineCommand({
    name: 'validation update',
    usage: '[task-name]',
    summary: 'update validation config of the completeness of the data',
    since: '7.5',
    examples: ["validation update test --cutover-binlog-pos '(mysql-bin.000001, 5989)'"],
    args: { min: 1, max: 1, names: ['<task-name>'], kinds: ['task'] },
    flags: [
      {
        name: 'cutover-binlog-pos',
        kind: 'string',
        usage:
          "specify the cutover binlog name for validation, should include binlog name and pos in brackets, e.g. '(mysql-bin.000001, 5989)'",
        values: 'none',
      },
      {
        name: 'cutover-binlog-gtid',
        kind: 'string',
        usage:
          "specify the cutover binlog gtid for validation, only valid when source config's gtid is enabled, e.g. '1642618e-cf65-11ec-9e3d-0242ac110002:1-30'",
        values: 'none',
      },
    ],
    mutating: true,
    method: 'UpdateValidation',
    request: async (parsed, context) => {
      const { cutoverBinlogPos: binlogPos, cutoverBinlogGtid: binlogGTID } = parsed.flags;
      if (binlogPos !== '' && binlogGTID !== '') {
        throw new InputError("you must specify either one of '--cutover-binlog-pos' or '--cutover-binlog-gtid'");
      }
      if (binlogPos === '' && binlogGTID === '')
        await context.warn('nothing to update: give --cutover-binlog-pos or --cutover-binlog-gtid');
      if (binlogPos !== '' && !/^\(.+, ?\d+\)$/.test(binlogPos)) {
        throw new InputError(`invalid --cutover-binlog-pos ${binlogPos}: the format is '(mysql-bin.000001, 5989)'`);
      }
      return { taskName: named(parsed, 'task name'), sources: [...parsed.targets], binlogPos, binlogGTID };
    },
    failure: () => 'can not update the validation:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
  });

export const validationCommands = (has: Has): readonly CommandSpec[] => [
  start(has),
  stop(),
  status(has),
  showError(has),
  ...ERROR_OPERATIONS.map((operation) => errorCommand(operation, has)),
  update(),
];
