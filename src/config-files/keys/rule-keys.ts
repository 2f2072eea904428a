// The keys of rules: routes, filters, lists, column mappings and expression filters, and the event types of filters.

import { type ConfigKey, type KeyValue, key, values, valuesSince } from './config-key.ts';

/** The event types of a filter. Upper and lower case are equal. */
export const FILTER_EVENTS: readonly KeyValue[] = [
  ...values('all', 'all ddl', 'all dml', 'none', 'none ddl', 'none dml', 'insert', 'update', 'delete'),
  ...values('create database', 'drop database', 'create table', 'drop table', 'truncate table', 'rename table'),
  ...values('create index', 'drop index', 'alter table', 'create view', 'drop view'),
  ...valuesSince('6.2', 'alter database', 'create schema', 'drop schema', 'alter schema'),
  ...valuesSince('6.2', 'add table partition', 'drop table partition', 'truncate table partition'),
  ...valuesSince('7.5', 'incompatible ddl changes', 'value range decrease', 'precision decrease', 'modify column', 'rename column'),
  ...valuesSince('7.5', 'rename index', 'drop column', 'drop primary key', 'drop unique key', 'modify default value'),
  ...valuesSince('7.5', 'modify constraint', 'modify columns order', 'modify charset', 'modify collation', 'remove auto increment'),
  ...valuesSince('7.5', 'modify storage engine', 'reorganize table partition', 'rebuild table partition', 'coalesce table partition'),
  ...valuesSince('7.5', 'split table partition', 'exchange table partition', 'modify schema charset and collate'),
  ...valuesSince('7.5', 'modify table charset and collate', 'modify table comment', 'recover table', 'alter table partitioning'),
  ...valuesSince('7.5', 'remove table partitioning', 'add column', 'set default value', 'rebase auto id', 'add primary key'),
  ...valuesSince('7.5', 'alter index visibility', 'alter ttl info', 'alter ttl remove', 'multi schema change'),
  ...valuesSince('26.3', 'add foreign key', 'drop foreign key'),
];

const SCHEMA_PATTERN = 'schemas that the rule applies to. * at the end, ? and [a-z] are wildcards';
const TABLE_PATTERN = 'tables that the rule applies to. Without it the rule applies to schemas';

/** The keys of an entry of routes. */
export function routeKeys(entry: string): readonly ConfigKey[] {
  const extract = (what: string): ConfigKey[] => [
    key(`${entry}.extract-${what}`, 'block', `writes a part of the name of the ${what} to a column of the target table`, { since: '5.4' }),
    key(`${entry}.extract-${what}.${what}-regexp`, 'text', `regular expression whose groups are extracted from the name of the ${what}`, {
      since: '5.4',
    }),
    key(`${entry}.extract-${what}.target-column`, 'text', 'column of the target table', { required: true, since: '5.4' }),
  ];
  return [
    key(`${entry}.schema-pattern`, 'text', SCHEMA_PATTERN, { required: true }),
    key(`${entry}.table-pattern`, 'text', TABLE_PATTERN),
    key(`${entry}.target-schema`, 'text', 'schema in the target database', { required: true }),
    key(`${entry}.target-table`, 'text', 'table in the target database'),
    ...extract('table'),
    ...extract('schema'),
    ...extract('source'),
  ];
}

/** The keys of a filter. */
export function filterKeys(entry: string): readonly ConfigKey[] {
  return [
    key(`${entry}.schema-pattern`, 'text', SCHEMA_PATTERN, { required: true }),
    key(`${entry}.table-pattern`, 'text', TABLE_PATTERN),
    key(`${entry}.events`, 'list', 'event types, such as "drop table"', { items: 'text', values: FILTER_EVENTS, anyCase: true }),
    key(`${entry}.sql-pattern`, 'list', 'regular expressions for statements, without regard to case', { items: 'text' }),
    key(`${entry}.action`, 'text', 'what to do with what matches', {
      required: true,
      values: [...values('Ignore', 'Do'), ...valuesSince('7.5', 'Error')],
    }),
  ];
}

/** The keys of an entry of block-allow-list. */
export function listKeys(entry: string, since?: string): readonly ConfigKey[] {
  const tables = (name: string, summary: string): ConfigKey[] => [
    key(`${entry}.${name}`, 'list', summary, { items: 'block', ...(since && { since }) }),
    key(`${entry}.${name}[].db-name`, 'text', 'schema. A leading ~ makes it a regular expression', since ? { since } : {}),
    key(`${entry}.${name}[].tbl-name`, 'text', 'table. A leading ~ makes it a regular expression', since ? { since } : {}),
  ];
  const schemas = (name: string, summary: string): ConfigKey =>
    key(`${entry}.${name}`, 'list', `${summary}. A leading ~ makes an entry a regular expression`, {
      items: 'text',
      ...(since && { since }),
    });
  return [
    schemas('do-dbs', 'schemas to migrate'),
    schemas('ignore-dbs', 'schemas to leave out'),
    ...tables('do-tables', 'tables to migrate'),
    ...tables('ignore-tables', 'tables to leave out'),
  ];
}

/** The keys of an entry of expression-filter. */
export function expressionFilterKeys(entry: string): readonly ConfigKey[] {
  const since = '2.0.5';
  return [
    key(`${entry}.schema`, 'text', 'upstream schema', { required: true, since }),
    key(`${entry}.table`, 'text', 'upstream table', { required: true, since }),
    key(`${entry}.insert-value-expr`, 'text', 'SQL expression. Inserted rows for which it is true are left out', { since }),
    key(`${entry}.update-old-value-expr`, 'text', 'SQL expression over the old values of an updated row', { since }),
    key(`${entry}.update-new-value-expr`, 'text', 'SQL expression over the new values of an updated row', { since }),
    key(`${entry}.delete-value-expr`, 'text', 'SQL expression. Deleted rows for which it is true are left out', { since }),
  ];
}

/** The keys of an entry of column-mappings. */
export function columnMappingKeys(entry: string): readonly ConfigKey[] {
  return [
    key(`${entry}.schema-pattern`, 'text', SCHEMA_PATTERN),
    key(`${entry}.table-pattern`, 'text', TABLE_PATTERN),
    key(`${entry}.source-column`, 'text', 'column that is read'),
    key(`${entry}.target-column`, 'text', 'column that is changed', { required: true }),
    key(`${entry}.expression`, 'text', 'how the value is changed', {
      required: true,
      values: values('add prefix', 'add suffix', 'partition id'),
    }),
    key(`${entry}.arguments`, 'list', 'arguments of the expression: 1 for a prefix or suffix, 3 or 4 for partition id', { items: 'text' }),
    key(`${entry}.create-table-query`, 'text', 'statement that creates the table'),
  ];
}
