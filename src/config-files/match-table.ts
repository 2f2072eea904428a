// What happens to a source table: whether a task migrates it, where its rows go, and what is filtered.

import type { Release } from '../command/release.ts';
import { atLeast } from '../command/release.ts';
import { type ConfigNode, childOf, entriesOf, isTrue, scalarsOf, textOf } from './document.ts';
import { isRegexp, matcher } from './table-pattern.ts';

/** A filter that applies to the table. */
export interface AppliedFilter {
  readonly name: string;
  readonly action: string;
  readonly events: readonly string[];
  readonly sqlPatterns: readonly string[];
}

/** What an instance of a task, or a source, does with a table. */
export interface TableMatch {
  readonly source: string;
  readonly isMigrated: boolean;
  /** The list that decides, and how. */
  readonly reason: string;
  /** Names of routes that apply. More than one is an error when the task runs. */
  readonly routes: readonly string[];
  readonly target: string;
  readonly filters: readonly AppliedFilter[];
  readonly expressionFilters: readonly string[];
  readonly columnMappings: readonly string[];
}

interface Table {
  readonly schema: string;
  readonly table: string;
  readonly isCaseSensitive: boolean;
  readonly release: Release;
}

/** What a task does with a table, per instance. */
export function matchTask(root: ConfigNode, schema: string, table: string, release: Release): TableMatch[] {
  const isCaseSensitive = isTrue(childOf(root, 'case-sensitive'));
  const wanted = { schema, table, isCaseSensitive, release };
  const instances = childOf(root, 'mysql-instances');
  if (instances?.kind !== 'list') return [];
  return instances.items.filter((item) => item.kind === 'map').map((instance) => matchInstance(root, instance, wanted));
}

/** What the filters of a source do with a table. */
export function matchSource(root: ConfigNode, schema: string, table: string, release: Release): TableMatch {
  const wanted = { schema, table, isCaseSensitive: isTrue(childOf(root, 'case-sensitive')), release };
  const list = childOf(root, 'filters');
  const rules = list?.kind === 'list' ? list.items.map((node, i) => [`filters[${i}]`, node] as const) : [];
  return {
    source: textOf(root, 'source-id'),
    isMigrated: true,
    reason: 'the task decides',
    routes: [],
    target: '',
    filters: rules.filter(([, rule]) => applies(rule, wanted, false)).map(([name, rule]) => filterOf(name, rule)),
    expressionFilters: [],
    columnMappings: [],
  };
}

function matchInstance(root: ConfigNode, instance: ConfigNode, wanted: Table): TableMatch {
  const named = (key: string, section: string): (readonly [string, ConfigNode])[] => {
    const names = new Set(scalarsOf(childOf(instance, key)).map((node) => node.text));
    return entriesOf(childOf(root, section)).flatMap(({ name, value }) => (names.has(name) ? [[name, value] as const] : []));
  };
  const { isMigrated, reason } = migrates(root, instance, wanted);
  const { routes, target } = routed(named('route-rules', 'routes'), wanted);
  return {
    source: textOf(instance, 'source-id'),
    isMigrated,
    reason,
    routes,
    target,
    filters: named('filter-rules', 'filters')
      .filter(([, rule]) => applies(rule, wanted, false))
      .map(([name, rule]) => filterOf(name, rule)),
    expressionFilters: named('expression-filters', 'expression-filter')
      .filter(([, rule]) => same(textOf(rule, 'schema'), wanted.schema) && same(textOf(rule, 'table'), wanted.table))
      .map(([name]) => name),
    columnMappings: named('column-mapping-rules', 'column-mappings')
      .filter(([, rule]) => applies(rule, wanted, false))
      .map(([name]) => name),
  };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function filterOf(name: string, rule: ConfigNode): AppliedFilter {
  const texts = (key: string): string[] => scalarsOf(childOf(rule, key)).map((node) => node.text);
  return { name, action: textOf(rule, 'action'), events: texts('events'), sqlPatterns: texts('sql-pattern') };
}

/** Whether a rule with patterns applies. A rule without table-pattern applies to all tables of its schemas. */
function applies(rule: ConfigNode, { schema, table, isCaseSensitive }: Table, regexps: boolean): boolean {
  if (!matcher(textOf(rule, 'schema-pattern'), isCaseSensitive, regexps)(schema)) return false;
  const pattern = textOf(rule, 'table-pattern');
  return pattern === '' || matcher(pattern, isCaseSensitive, regexps)(table);
}

function routed(routes: readonly (readonly [string, ConfigNode])[], wanted: Table): { routes: readonly string[]; target: string } {
  const matching = routes.filter(([, rule]) => applies(rule, wanted, atLeast(wanted.release, '6.1')));
  const ofTables = matching.filter(([, rule]) => textOf(rule, 'table-pattern') !== '');
  const found = ofTables.length > 0 ? ofTables : matching;
  const [, rule] = found[0] ?? [];
  const schema = (rule && textOf(rule, 'target-schema')) || wanted.schema;
  const table = (rule && ofTables.length > 0 && textOf(rule, 'target-table')) || wanted.table;
  return { routes: found.map(([name]) => name), target: `${schema}.${table}` };
}

/** Whether the list of an instance lets a table pass. */
function migrates(root: ConfigNode, instance: ConfigNode, wanted: Table): { isMigrated: boolean; reason: string } {
  const isNew = atLeast(wanted.release, '2.0');
  const name = (isNew && textOf(instance, 'block-allow-list')) || textOf(instance, 'black-white-list');
  if (name === '') return { isMigrated: true, reason: 'the instance has no list' };
  const hasNew = isNew && entriesOf(childOf(root, 'block-allow-list')).length > 0;
  const section = hasNew ? 'block-allow-list' : 'black-white-list';
  const list = childOf(root, section, name);
  const why = (isMigrated: boolean, key: string): { isMigrated: boolean; reason: string } => ({
    isMigrated,
    reason: key === '' ? `${section}.${name} lets it pass` : `${section}.${name}.${key}`,
  });
  const schemas = (key: string): boolean => scalarsOf(childOf(list, key)).some((node) => listed(node.text, wanted.schema, wanted));
  const isEmpty = (key: string): boolean => {
    const node = childOf(list, key);
    return node?.kind !== 'list' || node.items.length === 0;
  };
  const tables = (key: string): boolean => {
    const node = childOf(list, key);
    if (node?.kind !== 'list') return false;
    return node.items.some(
      (t) => listed(textOf(t, 'db-name'), wanted.schema, wanted) && listed(textOf(t, 'tbl-name'), wanted.table, wanted),
    );
  };
  if (!isEmpty('do-dbs')) {
    if (!schemas('do-dbs')) return why(false, 'do-dbs');
  } else if (schemas('ignore-dbs')) return why(false, 'ignore-dbs');
  if (!isEmpty('do-tables')) return why(tables('do-tables'), 'do-tables');
  if (tables('ignore-tables')) return why(false, 'ignore-tables');
  return why(true, '');
}

/** Whether an entry of a list matches. Wildcards exist since 1.0.7. */
function listed(pattern: string, name: string, { isCaseSensitive, release }: Table): boolean {
  if (!isRegexp(pattern) && !atLeast(release, '1.0.7')) return isCaseSensitive ? pattern === name : same(pattern, name);
  return matcher(pattern, isCaseSensitive, true)(name);
}
