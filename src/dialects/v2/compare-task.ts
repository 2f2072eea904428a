// Compares a task file with the configuration that the DM-master returns. The master gives the rules new names and fills in defaults, so
// the rules of each source are compared by their content, and settings only where the file has them.

import { Refusal } from '../../command/errors.ts';
import type { Lookup } from '../../command/spec.ts';
import type { ComparedItem, Comparison } from '../../presenters/comparison.ts';
import { parseDuration } from '../../text/duration.ts';
import { isTable, type Table } from '../../text/table.ts';
import { readYaml } from '../../text/yaml.ts';
import type { GetCfgResponse } from '../../wire/generated/v2.ts';
import type { Has } from './define-command.ts';

const NOT_REPORTED = 'Passwords, and settings that the file leaves out, are not compared';
/** What the master prints for a password. */
const MASKED = '******';

/** The rules that a source names, by the key in its instance, and the sections that define them. */
const RULES: readonly (readonly [key: string, ...sections: string[]])[] = [
  ['route-rules', 'routes'],
  ['filter-rules', 'filters'],
  ['column-mapping-rules', 'column-mappings'],
  ['expression-filters', 'expression-filter'],
  ['block-allow-list', 'block-allow-list', 'black-white-list'],
];

/** The settings of units that a source names: the key, the section, and the key for settings in the instance itself. */
const UNITS: readonly (readonly [key: string, section: string, inline: string])[] = [
  ['mydumper-config-name', 'mydumpers', 'mydumper'],
  ['loader-config-name', 'loaders', 'loader'],
  ['syncer-config-name', 'syncers', 'syncer'],
  ['validator-config-name', 'validators', 'validator'],
];

const SECTIONS = new Set(['mysql-instances', ...RULES.flatMap(([, ...sections]) => sections), ...UNITS.map(([, section]) => section)]);

/**
 * The configuration of a task as the master returns it, in a form that it accepts; undefined if it returns none. Passwords are
 * masked.
 */
export async function storedText(task: string, lookup: Lookup): Promise<string | undefined> {
  const answer = (await lookup('GetCfg', { type: 'TaskType', name: task })) as GetCfgResponse | undefined;
  if (!answer?.result) return undefined;
  // It writes is-sharding beside shard-mode, and rejects a file that has both.
  return /^shard-mode: *['"]?\w/m.test(answer.cfg) ? answer.cfg.replace(/^is-sharding: *false *\n/m, '') : answer.cfg;
}

/** Compares. Throws Refusal for a text that is not a task file, and if the master does not return the configuration. */
export async function compare(text: string, lookup: Lookup, has: Has): Promise<Comparison> {
  const file = documentOf(text, 'the file');
  const task = scalar(file.name);
  if (task === '') throw new Refusal('the file has no task name. Nothing was compared. Add it as name: …');
  const answer = (await (has('2.0.1') ? lookup('GetCfg', { type: 'TaskType', name: task }) : lookup('GetTaskCfg', { name: task }))) as
    | GetCfgResponse
    | undefined;
  if (!answer) throw new Refusal('the DM-master did not return the configuration of the task. Nothing was compared');
  if (!answer.result) {
    return { task, compared: [{ what: 'task', file: task, cluster: 'no configuration', verdict: 'differs' }], notReported: '' };
  }
  const cluster = documentOf(answer.cfg, 'the configuration of the DM-master');
  const compared = [...settings('', withoutSections(file), cluster), ...sources(file, cluster)];
  const [different, others] = [compared.filter((c) => c.verdict === 'differs'), compared.filter((c) => c.verdict !== 'differs')];
  return { task, compared: [...different, ...others], notReported: NOT_REPORTED };
}

function documentOf(text: string, what: string): Table {
  const read = readYaml(text);
  if ('problem' in read) throw new Refusal(`${what} is not valid YAML (${read.problem}). Nothing was compared`);
  if (!isTable(read.value)) throw new Refusal(`${what} is not a task file: it has no keys. Nothing was compared`);
  return read.value;
}

const withoutSections = (file: Table): Table => Object.fromEntries(Object.entries(file).filter(([key]) => !SECTIONS.has(key)));

/** The settings that the file has, table by table. */
function settings(prefix: string, file: Table, cluster: Table): ComparedItem[] {
  return Object.entries(file).flatMap(([key, value]): ComparedItem[] => {
    const what = `${prefix}${key}`;
    const other = cluster[key];
    if (isTable(value)) return settings(`${what}.`, value, isTable(other) ? other : {});
    if (key === 'password') return secret(what, value, other);
    const [mine, theirs] = [shown(value), shown(other)];
    if (mine === '' && theirs === '') return [];
    return [{ what, file: mine, cluster: theirs, verdict: sameValue(mine, theirs) ? 'same' : 'differs' }];
  });
}

/** A password is never shown. Only whether there is one can be compared. */
function secret(what: string, value: unknown, other: unknown): ComparedItem[] {
  const mask = (password: unknown): string => (scalar(password) === '' ? '' : MASKED);
  const [mine, theirs] = [mask(value), mask(other)];
  return mine === '' ? [] : [{ what, file: mine, cluster: theirs, verdict: theirs === '' ? 'differs' : 'open' }];
}

/** The sources of both, those of the file first. */
function sources(file: Table, cluster: Table): ComparedItem[] {
  const [mine, theirs] = [instancesOf(file), instancesOf(cluster)];
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((source): ComparedItem[] => {
    const [one, other] = [mine.get(source), theirs.get(source)];
    const what = `source ${source}`;
    if (!one || !other) return [{ what, file: one ? source : '', cluster: other ? source : '', verdict: 'differs' }];
    const present: ComparedItem = { what, file: source, cluster: source, verdict: 'same' };
    return [present, ...rules(what, [file, one], [cluster, other]), ...units(what, [file, one], [cluster, other])];
  });
}

function instancesOf(document: Table): Map<string, Table> {
  const list = Array.isArray(document['mysql-instances']) ? document['mysql-instances'].filter(isTable) : [];
  return new Map(list.map((instance) => [scalar(instance['source-id']), instance]));
}

/** A document and the instance of a source in it. */
type Place = readonly [document: Table, instance: Table];

/** The rules of a source, by content and in any order. */
function rules(what: string, mine: Place, theirs: Place): ComparedItem[] {
  return RULES.flatMap(([key, ...sections]): ComparedItem[] => {
    const contents = ([document, instance]: Place): string => {
      const named = [key, ...sections].map((k) => instance[k]).find((v) => v !== undefined && v !== null);
      const names = Array.isArray(named) ? named.map(scalar) : named === undefined ? [] : [scalar(named)];
      const found = names
        .filter((name) => name !== '')
        .map((name) => sections.map((s) => entryOf(document, s, name)).find(Boolean) ?? name);
      return found
        .map((rule) => JSON.stringify(tidy(rule)))
        .sort()
        .join(' ');
    };
    const [one, other] = [contents(mine), contents(theirs)];
    return one === '' && other === ''
      ? []
      : [{ what: `${what}: ${key}`, file: one, cluster: other, verdict: one === other ? 'same' : 'differs' }];
  });
}

/** The settings of the units of a source, where the file has them, and the other settings of its instance. */
function units(what: string, [file, mine]: Place, [cluster, theirs]: Place): ComparedItem[] {
  const named = new Set(['source-id', ...RULES.flat(), ...UNITS.flatMap(([key, , inline]) => [key, inline])]);
  const own = Object.fromEntries(Object.entries(mine).filter(([key]) => !named.has(key)));
  const ofUnits = UNITS.flatMap(([key, section, inline]) => {
    const set = (document: Table, instance: Table): Table => ({
      ...(entryOf(document, section, scalar(instance[key])) ?? {}),
      ...(isTable(instance[inline]) ? instance[inline] : {}),
    });
    return settings(`${what}: ${inline}.`, set(file, mine), set(cluster, theirs));
  });
  return [...ofUnits, ...settings(`${what}: `, own, theirs)];
}

function entryOf(document: Table, section: string, name: string): Table | undefined {
  const entries = document[section];
  const entry = isTable(entries) ? entries[name] : undefined;
  return isTable(entry) ? entry : undefined;
}

/** A rule without empty values, with sorted keys and lists, so that equal rules have the same text. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map(tidy)
      .map((v) => JSON.stringify(v))
      .sort()
      .map((text) => JSON.parse(text));
  if (!isTable(value)) return value;
  const kept = Object.entries(value).filter(([, v]) => v !== null && v !== '' && !(Array.isArray(v) && v.length === 0));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, v]) => [key, tidy(v)]));
}

const scalar = (value: unknown): string => (value === null || value === undefined || typeof value === 'object' ? '' : String(value));

const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value
        .map((v) => (isTable(v) ? JSON.stringify(tidy(v)) : scalar(v)))
        .sort()
        .join(', ')
    : scalar(value);

/** Whether two values mean the same: `30m` is `30m0s`. */
function sameValue(mine: string, theirs: string): boolean {
  if (mine === theirs) return true;
  try {
    return parseDuration(mine) === parseDuration(theirs);
  } catch {
    return false;
  }
}
