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
  readonly item: KeyNode | undefined;
}

const trees = new Map<string, KeyNode>();

/** The tree of a kind of file. Its root is the whole file. */
export function keyTree(kind: FileKind, release: Release): KeyNode {
  const id = `${kind} ${release.major}.${release.minor}.${release.patch}`;
  const known = trees.get(id);
  if (known) return known;
  const nodes = new Map<string, KeyNode>();
  const root = node(key('', 'block', KINDS[kind].title), nodes);
  for (const declared of KINDS[kind].keys) {
    if (!has(release, declared)) continue;
    const dot = declared.path.lastIndexOf('.');
    const parent = nodes.get(dot < 0 ? '' : declared.path.slice(0, dot));
    if (parent) parent.children.set(declared.path.slice(dot + 1), node(declared, nodes));
  }
  trees.set(id, root);
  return root;
}

/** A node with its entries. Adds both to the nodes by path, in which their keys find them. */
function node(declared: ConfigKey, nodes: Map<string, KeyNode>): KeyNode {
  const { type, items, path, summary } = declared;
  const item = items && node({ path: type === 'list' ? `${path}[]` : `${path}.*`, type: items, summary }, nodes);
  const made = { key: declared, children: new Map(), item };
  nodes.set(path, made);
  return made;
}

/** The declarations of a path in any release. */
export function declarationsOf(kind: FileKind, path: string): readonly ConfigKey[] {
  return KINDS[kind].keys.filter((k) => k.path === path);
}

/** Whether releases of that generation read such files. */
export function isReadBy(kind: FileKind, release: Release): boolean {
  return KINDS[kind].generations.includes(generationOf(release));
}
