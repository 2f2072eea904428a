// Replaces deprecated keys of a document where that changes nothing for DM. lint reports the others.

import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { atLeast, generationOf, type Release } from '../../command/release.ts';
import type { FileKind } from '../file-kind.ts';
import { declarationsOf } from '../key-tree.ts';
import { has, isDeprecated } from '../keys/config-key.ts';
import { resolvePlain } from '../yaml-scalars.ts';

/** Replaces keys of a file for a release of DM 2.0 or later. Keys of DM 1.0 have no newer form in DM 1.0. */
export function upgrade(root: YAMLMap, kind: FileKind, release: Release): void {
  if (generationOf(release) === 'v1') return;
  if (kind === 'task') upgradeTask(root, release);
  const walk = (map: YAMLMap, path: string): void => {
    removeWithoutEffect(map, path, kind, release);
    for (const { key, value } of pairsOf(map)) {
      const at = path === '' ? nameOf(key) : `${path}.${nameOf(key)}`;
      const type = declarationsOf(kind, at)[0]?.type;
      if (isMap(value) && type === 'block') walk(value, at);
      if (isMap(value) && type === 'named') for (const entry of pairsOf(value)) if (isMap(entry.value)) walk(entry.value, `${at}.*`);
      if (isSeq(value)) for (const item of value.items) if (isMap(item)) walk(item, `${at}[]`);
    }
  };
  walk(root, '');
}

function upgradeTask(root: YAMLMap, release: Release): void {
  upgradeSharding(root);
  if (atLeast(release, '2.0.5')) upgradeOnlineDdl(root);
  const heartbeat = pairOf(root, 'disable-heartbeat');
  if (heartbeat) remove(root, heartbeat);
  const removeMeta = pairOf(root, 'remove-meta');
  if (removeMeta && boolOf(removeMeta) === false) remove(root, removeMeta);
  renameAlone(root, 'black-white-list', 'block-allow-list');
  for (const instance of mapsOf(root, 'mysql-instances')) {
    renameAlone(instance, 'black-white-list', 'block-allow-list');
    if (atLeast(release, '6.2')) renameAlone(instance, 'continuous-validator-config-name', 'validator-config-name');
    const own = pairOf(instance, 'loader')?.value;
    if (isMap(own)) upgradeLoader(own, release);
  }
  for (const loader of mapsOf(root, 'loaders')) upgradeLoader(loader, release);
}

/** is-sharding: true means shard-mode: pessimistic, unless there is a shard-mode, which counts. */
function upgradeSharding(root: YAMLMap): void {
  const old = pairOf(root, 'is-sharding');
  if (!old) return;
  const isOn = boolOf(old);
  const mode = pairOf(root, 'shard-mode');
  if (isOn === undefined || (mode && (!isScalar(mode.value) || textOf(mode.value) === ''))) return;
  if (mode || !isOn) remove(root, old);
  else replace(old, 'shard-mode', 'pessimistic');
}

/** Any online-ddl-scheme turns online-ddl on, for both tools. */
function upgradeOnlineDdl(root: YAMLMap): void {
  const old = pairOf(root, 'online-ddl-scheme');
  if (!old || !isScalar(old.value) || !['gh-ost', 'pt'].includes(textOf(old.value))) return;
  const now = pairOf(root, 'online-ddl');
  if (!now) {
    replace(old, 'online-ddl', 'true');
    return;
  }
  if (boolOf(now) !== true) replace(now, 'online-ddl', 'true');
  remove(root, old);
}

/** Other names of import modes: sql is logical, and since 6.6 so is loader. */
function upgradeLoader(loader: YAMLMap, release: Release): void {
  if (!atLeast(release, '6.5')) return;
  const mode = pairOf(loader, 'import-mode');
  const text = isScalar(mode?.value) ? textOf(mode.value).toLowerCase() : '';
  if (mode && (text === 'sql' || (text === 'loader' && atLeast(release, '6.6')))) replace(mode, 'import-mode', 'logical');
}

const NO_EFFECT = 'remove it: it has no effect';

/** Removes keys that have no effect in the release. What replaces a key with another meaning is for the user to decide. */
function removeWithoutEffect(map: YAMLMap, path: string, kind: FileKind, release: Release): void {
  for (const pair of pairsOf(map)) {
    const at = path === '' ? nameOf(pair.key) : `${path}.${nameOf(pair.key)}`;
    const declared = declarationsOf(kind, at).find((key) => has(release, key));
    if (declared && isDeprecated(declared, release) && declared.deprecated?.advice === NO_EFFECT) remove(map, pair);
  }
}

type ScalarPair = Pair<Scalar, unknown>;

const pairsOf = (map: YAMLMap): ScalarPair[] => [...map.items].filter((pair): pair is ScalarPair => isScalar(pair.key));
const nameOf = (key: Scalar): string => String(key.value);
const textOf = (value: Scalar): string => String(value.source ?? value.value ?? '');
const pairOf = (map: YAMLMap, name: string): ScalarPair | undefined => pairsOf(map).find(({ key }) => nameOf(key) === name);

/** A boolean as DM reads it; undefined for anything else. */
function boolOf({ value }: ScalarPair): boolean | undefined {
  if (!isScalar(value) || (value.type !== undefined && value.type !== 'PLAIN')) return undefined;
  const resolved = resolvePlain(textOf(value));
  return resolved.type === 'bool' ? resolved.value : undefined;
}

/** The mappings in a list, or those that have names. */
function mapsOf(root: YAMLMap, name: string): YAMLMap[] {
  const value = pairOf(root, name)?.value;
  if (isSeq(value)) return value.items.filter((item) => isMap(item));
  return isMap(value) ? pairsOf(value).flatMap((pair) => (isMap(pair.value) ? [pair.value] : [])) : [];
}

/** Renames a key, unless the new one is there too. */
function renameAlone(map: YAMLMap, from: string, to: string): void {
  const pair = pairOf(map, from);
  if (pair && !pairOf(map, to)) pair.key.value = to;
}

/** Gives a pair another name and a value without quotes. Its comments stay. */
function replace(pair: ScalarPair, name: string, text: string): void {
  pair.key.value = name;
  if (!isScalar(pair.value)) return;
  pair.value.value = text;
  pair.value.source = text;
  pair.value.type = 'PLAIN';
}

/** Removes a pair. The comment above it may be about more than this key, so it stays: above the next key, or at the end. */
function remove(map: YAMLMap, pair: ScalarPair): void {
  const at = map.items.indexOf(pair);
  map.items.splice(at, 1);
  const { commentBefore, spaceBefore } = pair.key;
  const next = map.items[at]?.key;
  const join = (...texts: (string | null | undefined)[]): string => texts.filter((t) => typeof t === 'string').join('\n');
  if (isScalar(next)) {
    if (typeof commentBefore === 'string') next.commentBefore = join(commentBefore, next.commentBefore);
    if (spaceBefore) next.spaceBefore = true;
  } else if (typeof commentBefore === 'string') map.comment = join(commentBefore, map.comment);
}
