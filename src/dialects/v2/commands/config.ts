import { InputError } from '../../../command/errors.ts';
import type { CommandSpec, FlagSpec, ValueKind } from '../../../command/spec.ts';
import { named } from '../arguments.ts';
import { type ConfigType, configSteps, configView } from '../configs.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { exportConfigs, importConfigs } from '../export-import.ts';
import { CONFIG_PATH } from '../flags.ts';

interface ShownConfig {
  readonly word: string;
  readonly type: ConfigType;
  readonly summary: string;
  readonly since: string;
  readonly kind: ValueKind;
}

const CONFIGS: readonly ShownConfig[] = [
  { word: 'task', type: 'TaskType', summary: 'manage or show task configs', since: '5.4', kind: 'task' },
  { word: 'source', type: 'SourceType', summary: 'manage or show source config', since: '5.4', kind: 'source' },
  { word: 'master', type: 'MasterType', summary: 'manage or show master configs', since: '5.4', kind: 'master' },
  { word: 'worker', type: 'WorkerType', summary: 'manage or show worker configs', since: '5.4', kind: 'worker' },
  {
    word: 'task-template',
    type: 'TaskTemplateType',
    summary: 'show task template which is created by WebUI with task config format',
    since: '6.0',
    kind: 'none',
  },
];

const showConfig = ({ word, type, summary, since, kind }: ShownConfig): CommandSpec => {
  const name = word === 'task-template' ? 'task-name' : `${word}-name`;
  return defineCommand({
    name: `config ${word}`,
    usage: `[${name}]`,
    summary,
    since,
    examples: [`config ${word} ${EXAMPLES[word]}`, `config ${word} ${EXAMPLES[word]} --path ${word}.yaml`],
    args: { min: 1, max: 1, names: [`<${name}>`], kinds: [kind] },
    flags: [CONFIG_PATH],
    takesTargets: false,
    mutating: false,
    method: 'GetCfg',
    request: (parsed) => ({ type, name: named(parsed, 'name') }),
    steps: (parsed) => configSteps(parsed.flags.path, () => type, named(parsed, 'name')),
    failure: (parsed) => `can not get ${type} config of ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => configView(answer),
  });
};

const EXAMPLES: Readonly<Record<string, string>> = {
  task: 'test',
  source: 'mysql-replica-01',
  master: 'master1',
  worker: 'worker1',
  'task-template': 'test',
};

const DIRECTORY = { name: 'dir', short: 'd', kind: 'string', values: 'file' } as const;

const FOLDER_USAGE = {
  export: 'specify the output directory, default is `./configs`',
  import: 'specify the configs directory, default is `./configs`',
} as const;

const SKIP_EXISTING = {
  name: 'skip-existing',
  kind: 'bool',
  usage: 'count sources and tasks that exist already as a success',
  extension: true,
} as const;

/** Commands that the original announces but does not have. */
const unsupported = (word: string): CommandSpec =>
  defineCommand({
    name: `config ${word} update`,
    usage: '<command>',
    summary: `update config ${word}`,
    since: '5.4',
    hidden: true,
    examples: [],
    args: { min: 0, max: Number.POSITIVE_INFINITY, names: [] },
    flags: [CONFIG_PATH],
    takesTargets: false,
    mutating: false,
    method: 'GetCfg',
    request: () => {
      throw new InputError('this function will be supported later');
    },
    present: async (answer) => configView(answer),
  });

export const configCommands = (has: Has): readonly CommandSpec[] => [
  ...CONFIGS.map(showConfig),
  unsupported('task'),
  unsupported('source'),
  defineCommand({
    name: 'config export',
    usage: has('5.4') ? '' : '[--dir directory]',
    summary: has('5.4') ? 'Export the configurations of sources and tasks' : 'Export the configurations of sources and tasks.',
    since: '2.0.5',
    examples: [has('5.4') ? 'config export --path configs' : 'config export --dir configs'],
    args: { min: 0, max: 0, names: [] },
    flags: directoryFlags('export', has),
    takesTargets: false,
    mutating: false,
    method: 'GetCfg',
    request: () => ({}),
    steps: (parsed) => exportConfigs(folderOf(parsed.flags), has),
    failure: () => 'can not export the configurations:\n',
    present: async (answer) => configView(answer),
  }),
  defineCommand({
    name: 'config import',
    usage: has('5.4') ? '' : '[--dir directory]',
    summary: has('5.4') ? 'Import the configurations of sources and tasks' : 'Import the configurations of sources and tasks.',
    since: '2.0.5',
    examples: [has('5.4') ? 'config import --path configs' : 'config import --dir configs'],
    args: { min: 0, max: 0, names: [] },
    flags: [...directoryFlags('import', has), SKIP_EXISTING],
    takesTargets: false,
    mutating: true,
    method: 'OperateSource',
    request: () => ({}),
    impact: (parsed) => [`Create the sources and start the tasks of the folder ${folderOf(parsed.flags)}.`],
    steps: (parsed) => importConfigs(folderOf(parsed.flags), parsed.flags.skipExisting === true),
    failure: () => 'can not import the configurations:\n',
    present: async (answer) => configView(answer as never),
  }),
];

/** Since 5.4 --path decides, and --dir still works. */
const directoryFlags = (verb: keyof typeof FOLDER_USAGE, has: Has): readonly FlagSpec[] => {
  const directory = { ...DIRECTORY, usage: FOLDER_USAGE[verb] };
  return has('5.4') ? [CONFIG_PATH, { ...directory, hidden: true }] : [{ ...directory, default: 'configs' }];
};

function folderOf(flags: object): string {
  const { path, dir } = flags as { readonly path?: string; readonly dir?: string };
  return path || dir || 'configs';
}
