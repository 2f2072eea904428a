// Which entries of the sections the instances of a task use.

import { type ConfigNode, childOf, entriesOf, isNull, type ListNode, type ScalarNode, scalarsOf, textOf } from '../document.ts';
import type { LintContext } from './finding.ts';

/** The sections with named entries. `lists` is block-allow-list or black-white-list. */
export const SECTIONS = [
  'routes',
  'filters',
  'column-mappings',
  'expression-filter',
  'lists',
  'mydumpers',
  'loaders',
  'syncers',
  'validators',
] as const;
export type Section = (typeof SECTIONS)[number];

/** A use of an entry. */
export interface Reference {
  readonly section: Section;
  readonly name: string;
  readonly node: ScalarNode;
  readonly path: string;
}

export interface Instance {
  readonly index: number;
  readonly node: ConfigNode;
  readonly references: readonly Reference[];
}

export interface Uses {
  readonly instances: readonly Instance[];
  /** The section of lists that counts. */
  readonly listSection: 'block-allow-list' | 'black-white-list';
  /** The names that are used. */
  of(section: Section): ReadonlySet<string>;
}

/** The keys of an instance that name entries. */
const LISTS: readonly (readonly [key: string, section: Section])[] = [
  ['route-rules', 'routes'],
  ['filter-rules', 'filters'],
  ['column-mapping-rules', 'column-mappings'],
  ['expression-filters', 'expression-filter'],
];

const SINGLE: readonly (readonly [key: string, section: Section])[] = [
  ['mydumper-config-name', 'mydumpers'],
  ['loader-config-name', 'loaders'],
  ['syncer-config-name', 'syncers'],
  ['continuous-validator-config-name', 'validators'],
  ['validator-config-name', 'validators'],
];

/** Collects the uses of all instances. */
export function collectUses(root: ConfigNode, context: LintContext): Uses {
  const list = childOf(root, 'mysql-instances');
  const nodes = list?.kind === 'list' ? (list as ListNode).items : [];
  const instances = nodes.map((node, index) => ({ index, node, references: referencesOf(node, index, context) }));
  const names = new Map<Section, Set<string>>(SECTIONS.map((section) => [section, new Set()]));
  for (const { references } of instances) for (const { section, name } of references) names.get(section)?.add(name);
  const hasNew = context.since('2.0') && entriesOf(childOf(root, 'block-allow-list')).length > 0;
  return { instances, listSection: hasNew ? 'block-allow-list' : 'black-white-list', of: (section) => names.get(section) as Set<string> };
}

function referencesOf(instance: ConfigNode, index: number, context: LintContext): Reference[] {
  if (instance.kind !== 'map' || isNull(instance)) return [];
  const at = `mysql-instances[${index}]`;
  const listed = LISTS.flatMap(([key, section]) =>
    scalarsOf(childOf(instance, key)).map((node, i) => ({ section, name: node.text, node, path: `${at}.${key}[${i}]` })),
  );
  const single = [...SINGLE, [listKey(instance, context), 'lists'] as const].flatMap(([key, section]): Reference[] => {
    const node = childOf(instance, key);
    return node?.kind === 'scalar' && node.text !== '' ? [{ section, name: node.text, node, path: `${at}.${key}` }] : [];
  });
  return [...listed, ...single];
}

/** The key of an instance that names its list. */
export function listKey(instance: ConfigNode, context: LintContext): 'block-allow-list' | 'black-white-list' {
  return context.since('2.0') && textOf(instance, 'block-allow-list') !== '' ? 'block-allow-list' : 'black-white-list';
}
