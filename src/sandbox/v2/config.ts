// Configurations: GetCfg, GetSubTaskCfg, GetMasterCfg, the lists for an export, the key-value store, and Encrypt.

import { createHash } from 'node:crypto';
import { stringify } from 'smol-toml';
import type {
  EncryptRequest,
  EncryptResponseInit,
  GetCfgRequest,
  GetCfgResponseInit,
  GetSubTaskCfgRequest,
  GetSubTaskCfgResponseInit,
  RangeRequest,
  RangeResponseInit,
} from '../../wire/generated/v2.ts';
import { sortedSources } from './cluster.ts';
import { sourceConfig, sourceYaml } from './source-file.ts';
import type { State } from './state.ts';
import { subTaskConfig, taskYaml } from './task-config.ts';
import { master as masterTexts } from './texts.ts';

const HIDDEN = '******';

export function getCfg(state: State, { type, name }: GetCfgRequest): GetCfgResponseInit {
  if (type === 'TaskType') return found(taskOf(state, name), 'task');
  if (type === 'SourceType') {
    const source = state.sources.get(name);
    return found(source && sourceYaml(source, HIDDEN), 'source');
  }
  if (type === 'MasterType') return found(masterConfig(state, name), 'master');
  if (type === 'WorkerType') {
    const worker = state.workers.get(name);
    if (worker?.downSince !== undefined) return { result: false, msg: masterTexts.workerDown(worker.address) };
    return found(worker && workerConfig(state, name, worker.address), 'worker');
  }
  return { result: false, msg: 'task not found' }; // a template exists only for tasks that the web interface has made
}

const found = (cfg: string | undefined, kind: string): GetCfgResponseInit =>
  cfg === undefined ? { result: false, msg: `${kind} not found` } : { result: true, cfg };

const taskOf = (state: State, name: string): string | undefined => {
  const task = state.tasks.get(name);
  return task && taskYaml(task.file, HIDDEN);
};

function masterConfig(state: State, name: string): string | undefined {
  const master = state.masters.find((m) => m.name === name);
  if (!master) return undefined;
  const peer = (address: string) => `http://${address.replace(/\d+$/, (port) => String(Number(port) + 30))}`;
  return stringify({
    'log-level': 'info',
    'log-file': 'dm-master.log',
    'log-format': 'text',
    'log-rotate': '',
    'rpc-timeout': '30s',
    'rpc-rate-limit': 10,
    'rpc-rate-burst': 40,
    'master-addr': master.address,
    'advertise-addr': master.address,
    'config-file': '',
    name,
    'data-dir': `default.${name}`,
    'peer-urls': peer(master.address),
    'advertise-peer-urls': peer(master.address),
    'initial-cluster': state.masters.map((m) => `${m.name}=${peer(m.address)}`).join(','),
    'initial-cluster-state': 'new',
    join: '',
  });
}

function workerConfig(state: State, name: string, address: string): string {
  return stringify({
    name,
    'log-level': 'info',
    'log-file': 'dm-worker.log',
    'log-format': 'text',
    'log-rotate': '',
    join: state.masters.map((m) => m.address).join(','),
    'worker-addr': address,
    'advertise-addr': address,
    'config-file': '',
    'keepalive-ttl': 60,
    'relay-keepalive-ttl': 1800,
    'relay-dir': '',
  });
}

export function getMasterCfg(state: State) {
  return { cfg: masterConfig(state, state.leader ?? '') ?? '' };
}

export function getSubTaskCfg(state: State, { name }: GetSubTaskCfgRequest): GetSubTaskCfgResponseInit {
  const task = state.tasks.get(name);
  if (!task) return { result: false, msg: 'task not found' };
  return { result: true, cfgs: task.sources.map((id) => stringify(subTaskConfig(task.file, id, HIDDEN))) };
}

const IV_LENGTH = 16;

/** A new text for each call, in the form of DM: an IV, `@` and as many bytes as the password has. It cannot be decrypted. */
function encrypted(state: State, plain: string): string {
  state.shuffles += 1;
  const length = IV_LENGTH + 1 + Buffer.byteLength(plain);
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => createHash('sha256').update(`${state.shuffles} ${i}`).digest());
  const bytes = Buffer.concat(blocks).subarray(0, length);
  bytes[IV_LENGTH] = 0x40;
  return bytes.toString('base64');
}

export function encrypt(state: State, { plaintext }: EncryptRequest): EncryptResponseInit {
  return { result: true, ciphertext: encrypted(state, plaintext) };
}

const passwordOf = (section: unknown): string => String((section as { password?: unknown } | undefined)?.password ?? '');

export function listTaskConfigs(state: State) {
  const taskConfigs = [...state.tasks.values()].map(({ name, file }) => ({
    key: name,
    value: taskYaml(file, encrypted(state, passwordOf(file['target-database']))),
  }));
  return { result: true, taskConfigs };
}

export function listSourceConfigs(state: State) {
  const sourceConfigs = sortedSources(state).map((source) => ({
    key: source.id,
    value: sourceYaml(source, encrypted(state, passwordOf(source.config.from))),
  }));
  return { result: true, sourceConfigs };
}

const hex = (text: string): string => Buffer.from(text).toString('hex');
/** TOML has no null. */
const toml = (value: Record<string, unknown>): string => stringify(JSON.parse(JSON.stringify(value, (_, v) => v ?? undefined)));

/** The key-value store as `config export` before 8.0 reads it. */
function stored(state: State): [key: string, value: string][] {
  return [
    ...sortedSources(state).flatMap((source): [string, string][] => [
      [`/dm-master/v2/upstream/config/${hex(source.id)}/`, toml(sourceConfig(source, encrypted(state, passwordOf(source.config.from))))],
      ...(source.relay?.workers ?? []).map((w): [string, string] => [`/dm-master/relay-worker/${hex(w)}/`, source.id]),
    ]),
    ...[...state.tasks.values()].flatMap(({ name, file, sources }) =>
      sources.map((id): [string, string] => {
        const password = encrypted(state, passwordOf(file['target-database']));
        return [`/dm-master/upstream/subtask/${hex(id)}/${hex(name)}/`, toml(subTaskConfig(file, id, password))];
      }),
    ),
  ];
}

export function range(state: State, { key, range_end: end }: RangeRequest): RangeResponseInit {
  const from = Buffer.from(key);
  const to = Buffer.from(end);
  const kvs = stored(state)
    .map(([k, v]) => ({ key: Buffer.from(k), value: Buffer.from(v) }))
    .filter((kv) => from.compare(kv.key) <= 0 && (to.length === 0 ? from.equals(kv.key) : to.compare(kv.key) > 0))
    .sort((a, b) => a.key.compare(b.key));
  return { kvs };
}
