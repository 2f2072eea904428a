// The kinds of configuration files, their keys, and how to recognize a kind and a generation from the keys of a file.

import { type Generation, parseRelease, type Release } from '../command/release.ts';
import type { ConfigKey } from './keys/config-key.ts';
import { SOURCE_KEYS } from './keys/source-keys.ts';
import { TASK_KEYS } from './keys/task-keys.ts';
import { MASTER_KEYS, WORKER_KEYS } from './keys/toml-keys.ts';

export const FILE_KINDS = ['task', 'source', 'worker', 'master'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

interface KindFacts {
  /** Such as `task file`. */
  readonly title: string;
  readonly syntax: 'YAML' | 'TOML';
  readonly keys: readonly ConfigKey[];
  /** The generations that read such files. */
  readonly generations: readonly Generation[];
  /** Top-level keys that other kinds lack. */
  readonly typical: readonly string[];
  /** The error codes of a master: for a file that cannot be decoded, and for unknown keys. */
  readonly decodeCode: string;
  readonly unknownCode: string;
}

export const KINDS: Readonly<Record<FileKind, KindFacts>> = {
  task: {
    title: 'task file',
    syntax: 'YAML',
    keys: TASK_KEYS,
    generations: ['v1', 'v2'],
    typical: ['name', 'task-mode', 'mysql-instances', 'target-database', 'routes', 'block-allow-list', 'black-white-list', 'meta-schema'],
    decodeCode: '20003',
    unknownCode: '20003',
  },
  source: {
    title: 'source file',
    syntax: 'YAML',
    keys: SOURCE_KEYS,
    generations: ['v2'],
    typical: ['source-id', 'from', 'enable-relay', 'purge', 'checker', 'server-id', 'flavor', 'relay-binlog-name', 'enable-gtid'],
    decodeCode: '20003',
    unknownCode: '20003',
  },
  worker: {
    title: 'worker file',
    syntax: 'TOML',
    keys: WORKER_KEYS,
    generations: ['v1'],
    typical: ['worker-addr', 'source-id', 'from', 'relay-dir', 'purge', 'checker', 'server-id', 'flavor', 'enable-gtid'],
    decodeCode: '40003',
    unknownCode: '40004',
  },
  master: {
    title: 'master file',
    syntax: 'TOML',
    keys: MASTER_KEYS,
    generations: ['v1'],
    typical: ['master-addr', 'deploy', 'rpc-timeout', 'rpc-rate-limit', 'rpc-rate-burst'],
    decodeCode: '38013',
    unknownCode: '38011',
  },
};

/** Keys of dm-worker.toml and dm-master.toml of DM 2.0 and later, which configure a process. Lint does not check such files. */
const PROCESS_KEYS = ['name', 'advertise-addr', 'join', 'initial-cluster', 'peer-urls', 'advertise-peer-urls', 'keepalive-ttl', 'data-dir'];

/**
 * The kind of a file with these top-level keys; undefined if none of them belongs to a known kind.
 * @param syntax what the file was written in
 */
export function kindOf(names: readonly string[], syntax: 'YAML' | 'TOML'): FileKind | undefined {
  if (syntax === 'TOML' && names.some((name) => PROCESS_KEYS.includes(name))) return undefined;
  const kinds = FILE_KINDS.filter((kind) => KINDS[kind].syntax === syntax);
  const score = (kind: FileKind): number => names.filter((name) => KINDS[kind].typical.includes(name.toLowerCase())).length;
  const best = kinds.reduce((a, b) => (score(b) > score(a) ? b : a));
  if (score(best) > 0) return best;
  const known = kinds.find((kind) => names.some((name) => KINDS[kind].keys.some((k) => k.path === name)));
  return known;
}

/** The releases that a file is checked for if none is named: the newest of each generation. */
const NEWEST: Readonly<Record<Generation, string>> = { v1: '1.0.7', v2: '26.3' };

/** The newest release of a generation. */
export const newestRelease = (generation: Generation): Release => releaseOf(NEWEST[generation]) as Release;

/** Keys that only DM 1.0, or only DM 2.0 and later, has. */
const HINTS_V1 = /^ *(?:- +)?(?:disable-heartbeat|black-white-list) *:/m;
const HINTS_V2 =
  /^ *(?:- +)?(?:block-allow-list|shard-mode|binlog-gtid|expression-filters?|validators?|validator-config-name|online-ddl|clean-dump-file|import-mode|collation_compatible) *:|^ *chunk-filesize *: *["']/m;

/** The release that a file was probably written for. */
export function likelyRelease(kind: FileKind, text: string): Release {
  const { generations } = KINDS[kind];
  const guessed: Generation = HINTS_V1.test(text) && !HINTS_V2.test(text) ? 'v1' : 'v2';
  const generation = generations.length === 1 ? (generations[0] as Generation) : guessed;
  return newestRelease(generation);
}

/** Reads a release such as `8.5` or `1.0.7`. Without a patch number, its newest patch is meant. */
export function releaseOf(text: string): Release | undefined {
  const release = parseRelease(text);
  if (!release) return undefined;
  return /^v?\d+\.\d+$/.test(text) ? { ...release, patch: 99 } : release;
}

/** Such as `DM 8.5`. */
export function releaseName({ text }: Release): string {
  return `DM ${text.replace(/^v/, '')}`;
}
