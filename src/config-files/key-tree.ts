// The keys of a file as a tree, for one release.

import { generationOf, type Release } from '../command/release.ts';
import { type FileKind, KINDS } from './file-kind.ts';
import { type ConfigKey, has, key } from './keys/config-key.ts';

/** A key with what may be below it. */
export interface KeyNode {
  readonly key: ConfigKey;
  /** The keys of a block. */
  readonly children: Map<string, KeyNode>;
  /** An entry of a list, or a value of a mapping of names. */
  item: KeyNode | undefined;
}

const trees = new Map<string, KeyNode>();

/** The tree of a kind of file. Its root is the whole file. */
export function keyTree(kind: FileKind, release: Release): KeyNode {
  const id = `${kind} ${release.major}.${release.minor}.${release.patch}`;
  const known = trees.get(id);
  if (known) return known;
  const root = node(key('', 'block', KINDS[kind].title));
  for (const declared of KINDS[kind].keys) {
    if (!has(release, declared)) continue;
    const parent = parentOf(root, declared.path);
    parent?.children.set(lastName(declared.path), node(declared));
  }
  trees.set(id, root);
  return root;
}

function node(declared: ConfigKey): KeyNode {
  const { type, items, path, summary } = declared;
  const item = items && node({ path: type === 'list' ? `${path}[]` : `${path}.*`, type: items, summary });
  return { key: declared, children: new Map(), item };
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The block that a path is in; undefined if the release lacks it. */
function parentOf(root: KeyNode, path: string): KeyNode | undefined {
  let at: KeyNode | undefined = root;
  for (const step of path.replaceAll('[]', '.*').split('.').slice(0, -1)) at = step === '*' ? at?.item : at?.children.get(step);
  return at;
}

/** The declarations of a path in any release. */
export function declarationsOf(kind: FileKind, path: string): readonly ConfigKey[] {
  return KINDS[kind].keys.filter((k) => k.path === path);
}

/** Whether releases of that generation read such files. */
export function isReadBy(kind: FileKind, release: Release): boolean {
  return KINDS[kind].generations.includes(generationOf(release));
}
