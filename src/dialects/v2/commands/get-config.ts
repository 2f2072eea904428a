import type { CommandSpec } from '../../../command/spec.ts';
import { choice, named } from '../arguments.ts';
import { type ConfigType, configSteps, configView } from '../configs.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { sentence } from '../texts.ts';

const TYPES: Readonly<Record<string, ConfigType>> = {
  task: 'TaskType',
  master: 'MasterType',
  worker: 'WorkerType',
  source: 'SourceType',
};

const FILE = { name: 'file', short: 'f', kind: 'string', usage: 'write config to file', values: 'file' } as const;

export const getConfig = (has: Has): CommandSpec =>
  defineCommand({
    name: 'get-config',
    usage: '<task | master | worker | source> <name> [--file filename]',
    summary: sentence('Gets the configuration', has),
    since: '2.0.1',
    hidden: has('5.4'),
    aliases: ['get-task-config'],
    examples: ['get-config task test', 'get-config source mysql-replica-01 --file source.yaml'],
    args: {
      min: 2,
      max: 2,
      names: ['<task | master | worker | source>', '<name>'],
      kinds: [{ oneOf: Object.keys(TYPES) }, { after: { task: 'task', master: 'master', worker: 'worker', source: 'source' } }],
    },
    flags: [FILE],
    mutating: false,
    method: 'GetCfg',
    request: (parsed) => ({ type: choice(parsed.args[0] ?? '', TYPES, 'config type'), name: named(parsed, 'name', 1) }),
    steps: (parsed) => configSteps(parsed.flags.file, () => choice(parsed.args[0] ?? '', TYPES, 'config type'), named(parsed, 'name', 1)),
    failure: (parsed) => `can not get ${parsed.args[0] ?? ''} config of ${parsed.args[1] ?? ''}:\n`,
    present: async (answer) => configView(answer),
  });

/** The other name of `get-config task`. */
export const getTaskConfig = (): CommandSpec =>
  defineCommand({
    name: 'get-task-config',
    usage: '<name> [--file filename]',
    summary: 'Gets the configuration of a task',
    hidden: true,
    examples: ['get-task-config test'],
    args: { min: 1, max: 1, names: ['<name>'], kinds: ['task'] },
    flags: [FILE],
    mutating: false,
    method: 'GetCfg',
    request: (parsed) => ({ type: 'TaskType', name: named(parsed, 'name') }),
    steps: (parsed) => configSteps(parsed.flags.file, () => 'TaskType', named(parsed, 'name')),
    failure: (parsed) => `can not get task config of ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => configView(answer),
  });
