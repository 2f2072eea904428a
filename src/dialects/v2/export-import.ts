// `config export` writes the configurations of all sources and tasks to a folder, and `config import` creates them from it.

import { InputError } from '../../command/errors.ts';
import type { StepContext, Steps } from '../../command/spec.ts';
import type {
  ListSourceConfigsResponse,
  ListTaskConfigsResponse,
  OperateSourceResponse,
  RangeResponse,
  StartTaskResponse,
} from '../../wire/generated/v2.ts';
import type { Has } from './define-command.ts';

/** A configuration with the name of its file, without the extension. */
interface NamedConfig {
  readonly name: string;
  readonly text: string;
}

/** Exports to a folder. Throws InputError for a name that would leave it; RpcError. */
export function exportConfigs(folder: string, has: Has): Steps {
  return async (context) => {
    const { sources, tasks } = has('8.0') ? await listConfigs(context) : await readStoredConfigs(context);
    const relays = await relayWorkers(context);
    for (const { name } of [...sources, ...tasks]) checkName(name);
    await context.makeFolder(`${folder}/tasks`);
    await context.makeFolder(`${folder}/sources`);
    for (const { name, text } of tasks) await context.writeText(`${folder}/tasks/${name}.yaml`, text);
    for (const { name, text } of sources) await context.writeText(`${folder}/sources/${name}.yaml`, text);
    if (relays.size > 0) await context.writeText(`${folder}/relay_workers.json`, relayText(relays));
    await context.note(`the files in ${folder} contain passwords. Only you can read them`);
    return { text: `export configs to directory \`${folder}\` succeed\n`, failed: false };
  };
}

async function listConfigs(context: StepContext): Promise<{ sources: NamedConfig[]; tasks: NamedConfig[] }> {
  const listed = (entries: readonly { readonly key: string; readonly value: string }[]): NamedConfig[] =>
    entries.map(({ key, value }) => ({ name: key, text: value })).sort(byName);
  const sources = (await context.call('ListSourceConfigs', {})) as ListSourceConfigsResponse;
  if (!sources.result) throw new InputError(`can not get source configs: ${sources.msg}`);
  const tasks = (await context.call('ListTaskConfigs', {})) as ListTaskConfigsResponse;
  if (!tasks.result) throw new InputError(`can not get task configs: ${tasks.msg}`);
  return { sources: listed(sources.sourceConfigs), tasks: listed(tasks.taskConfigs) };
}

const byName = (a: NamedConfig, b: NamedConfig): number => (a.name < b.name ? -1 : 1);

/** Where the master keeps its state in its key-value store. Names in keys are hexadecimal. */
const KEYS = {
  sources: '/dm-master/v2/upstream/config/',
  /** Of a master that was upgraded from an early 2.0. */
  oldSources: '/dm-master/upstream/config/',
  subTasks: '/dm-master/upstream/subtask/',
  relayWorkers: '/dm-master/relay-worker/',
} as const;

/** The timeout of a call of the key-value store in milliseconds, as in the original. */
const STORE_LIMIT_MS = 10_000;

/** The configurations in the key-value store of a master before 8.0. */
async function readStoredConfigs(context: StepContext): Promise<{ sources: NamedConfig[]; tasks: NamedConfig[] }> {
  const { sourceYaml, taskYaml } = await import('./stored-configs.ts');
  const newer = await range(context, KEYS.sources);
  const stored = newer.length > 0 ? newer : await range(context, KEYS.oldSources);
  const sources = stored.map(([key, text]) => ({ name: namesIn(key).at(-1) ?? '', text: sourceYaml(text, key) })).sort(byName);
  const byTask = new Map<string, { key: string; text: string }[]>();
  for (const [key, text] of await range(context, KEYS.subTasks)) {
    const task = namesIn(key).at(-1) ?? '';
    byTask.set(task, [...(byTask.get(task) ?? []), { key, text }]);
  }
  const tasks = [...byTask].map(([name, subTasks]) => ({ name, text: taskYaml(subTasks) })).sort(byName);
  return { sources, tasks };
}

/** The workers that pull the relay log of each source. */
async function relayWorkers(context: StepContext): Promise<Map<string, string[]>> {
  const bySource = new Map<string, string[]>();
  for (const [key, source] of await range(context, KEYS.relayWorkers)) {
    bySource.set(source, [...(bySource.get(source) ?? []), namesIn(key).at(-1) ?? '']);
  }
  return bySource;
}

/** The relay workers as the original writes them: sources and workers sorted, without spaces. */
function relayText(relays: ReadonlyMap<string, readonly string[]>): string {
  const sorted = [...relays].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, workers]) => [source, [...workers].sort()]);
  return JSON.stringify(Object.fromEntries(sorted));
}

/** All keys with a prefix, and their values. */
async function range(context: StepContext, prefix: string): Promise<[key: string, value: string][]> {
  const key = Buffer.from(prefix);
  const end = Buffer.from(key);
  end[end.length - 1] = (end.at(-1) as number) + 1;
  const answer = (await context.call('Range', { key, range_end: end }, STORE_LIMIT_MS)) as RangeResponse;
  return answer.kvs.map((kv) => [Buffer.from(kv.key).toString('utf8'), Buffer.from(kv.value).toString('utf8')]);
}

/** The hexadecimal names in a key, decoded. */
const namesIn = (key: string): string[] =>
  key
    .replace(/\/$/, '')
    .split('/')
    .map((part) => (/^(?:[0-9a-f]{2})+$/.test(part) ? Buffer.from(part, 'hex').toString('utf8') : part));

/** A name from the master becomes the name of a file, so it must not lead elsewhere. Throws InputError. */
function checkName(name: string): void {
  if (name !== '' && !/[/\\\0]/.test(name) && name !== '.' && name !== '..') return;
  throw new InputError(
    `the DM-master has a source or task named ${JSON.stringify(name)}, which cannot be the name of a file. Nothing was written`,
  );
}

/** Imports from a folder: first all sources, then all tasks. Stops at the first failure. Throws InputError, RpcError. */
export function importConfigs(folder: string, skipExisting: boolean): Steps {
  return async (context) => {
    const names = await context.listFiles(folder);
    if (!names) throw new InputError(`config directory \`${folder}\` not exists`);
    const relays = names.includes('relay_workers.json');
    if (relays) checkRelays(`${folder}/relay_workers.json`, await context.readText(`${folder}/relay_workers.json`));
    // All files are read before anything is created.
    const sources = await filesOf(`${folder}/sources`, context);
    const tasks = await filesOf(`${folder}/tasks`, context);
    const existing: string[] = [];
    let text = '';
    for (const [kind, files, create] of [
      ['sources', sources, createSource],
      ['tasks', tasks, createTask],
    ] as const) {
      if (files.length > 0) text += `start creating ${kind}\n`;
      for (const file of files) {
        const { ok, exists, msg } = await create(file.text, context);
        if (exists) existing.push(file.name);
        else if (!ok) return { text: `${text}fail to create ${kind}\n${file.name}: ${msg}\n`, failed: true };
      }
    }
    for (const file of existing) await context.note(`skipped ${file}: it exists already`);
    if (relays) text += RELAY_REMARK.replace('FILE', `${folder}/relay_workers.json`);
    return { text: `${text}import configs from directory \`${folder}\` succeed\n`, failed: existing.length > 0 && !skipExisting };
  };
}

const RELAY_REMARK = [
  'The original relay workers have been exported to `FILE`.\n',
  "Currently DM doesn't support recover relay workers. You may need to execute `transfer-source` and `start-relay` command manually.\n",
].join('');

/** Throws InputError for a file that does not list the relay workers by source. */
function checkRelays(file: string, text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`fail to unmarshal relay workers config \`${file}\`: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new InputError(`fail to unmarshal relay workers config \`${file}\`: it must be an object that lists the workers of each source`);
}

interface Created {
  readonly ok: boolean;
  readonly exists: boolean;
  readonly msg: string;
}

async function createSource(text: string, context: StepContext): Promise<Created> {
  const answer = (await context.call('OperateSource', { op: 'StartSource', config: [text] })) as OperateSourceResponse;
  return created(answer.result, [answer.msg, ...answer.sources.filter((s) => !s.result).map((s) => s.msg)], answer.sources);
}

async function createTask(text: string, context: StepContext): Promise<Created> {
  const answer = (await context.call('StartTask', { task: text })) as StartTaskResponse;
  return created(answer.result, [answer.msg, ...answer.sources.filter((s) => !s.result).map((s) => s.msg)], answer.sources);
}

function created(result: boolean, messages: readonly string[], parts: readonly { readonly result: boolean }[]): Created {
  const msg = messages.filter((m) => m !== '').join('; ');
  const ok = result && parts.every((p) => p.result);
  return { ok, exists: !ok && msg.includes('already exist'), msg };
}

/** The files of a folder, sorted by name. Throws InputError. */
async function filesOf(folder: string, context: StepContext): Promise<NamedConfig[]> {
  const names = (await context.listFiles(folder)) ?? [];
  const files: NamedConfig[] = [];
  for (const name of [...names].sort()) files.push({ name: `${folder}/${name}`, text: await context.readText(`${folder}/${name}`) });
  return files;
}
