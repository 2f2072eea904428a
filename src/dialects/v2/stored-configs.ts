// The configurations in the key-value store of a DM-master 2.0.5 to 7.x, which has no call for them. Sources and sub tasks are
// stored as TOML. A task file is put together again from its sub tasks.

import { InputError } from '../../command/errors.ts';
import { readToml } from '../../text/toml.ts';
import { writeYaml } from '../../text/yaml.ts';

type Table = Readonly<Record<string, unknown>>;

const tableOf = (text: string, key: string): Table => {
  try {
    return readToml(text);
  } catch (error) {
    throw new InputError(`the DM-master stores a configuration under ${key} that cannot be read: ${(error as Error).message}`);
  }
};

/** The text of a source file. Throws InputError. */
export function sourceYaml(text: string, key: string): string {
  return writeYaml(tableOf(text, key));
}

/** Keys that a sub task has and its task file has under the same name. */
const SHARED = [
  'is-sharding',
  'shard-mode',
  'strict-optimistic-shard-mode',
  'ignore-checking-items',
  'meta-schema',
  'enable-heartbeat',
  'heartbeat-update-interval',
  'heartbeat-report-interval',
  'timezone',
  'case-sensitive',
  'collation_compatible',
  'online-ddl',
  'shadow-table-rules',
  'trash-table-rules',
  'online-ddl-scheme',
  'clean-dump-file',
  'ansi-quotes',
  'remove-meta',
] as const;

/** Sections of rules: their key in a sub task, in a task file, in an instance of it, and the prefix of the names of rules. */
const RULES = [
  ['route-rules', 'routes', 'route-rules', 'route'],
  ['filter-rules', 'filters', 'filter-rules', 'filter'],
  ['expression-filters', 'expression-filter', 'expression-filters', 'expr-filter'],
] as const;

/** Sections of settings, with their keys. */
const UNITS = [
  [
    'mydumpers',
    'mydumper-config-name',
    'dump',
    ['mydumper-path', 'threads', 'chunk-filesize', 'statement-size', 'rows', 'where', 'skip-tz-utc', 'extra-args'],
  ],
  [
    'loaders',
    'loader-config-name',
    'load',
    ['pool-size', 'dir', 'sorting-dir-physical', 'import-mode', 'on-duplicate', 'disk-quota-physical'],
  ],
  [
    'syncers',
    'syncer-config-name',
    'sync',
    [
      'meta-file',
      'worker-count',
      'batch',
      'queue-size',
      'checkpoint-flush-interval',
      'compact',
      'multiple-rows',
      'max-retry',
      'auto-fix-gtid',
      'enable-gtid',
      'disable-detect',
      'safe-mode',
      'safe-mode-duration',
      'enable-ansi-quotes',
    ],
  ],
] as const;

/** Settings by the name that they get. Equal settings get one name. */
class Section {
  private readonly names = new Map<string, string>();
  private readonly entries: [name: string, value: unknown][] = [];
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** The name of a setting. */
  nameOf(value: unknown): string {
    const text = JSON.stringify(value);
    let name = this.names.get(text);
    if (name === undefined) {
      name = `${this.prefix}-${String(this.entries.length + 1).padStart(2, '0')}`;
      this.names.set(text, name);
      this.entries.push([name, value]);
    }
    return name;
  }

  get value(): Table {
    return Object.fromEntries(this.entries);
  }
}

const pick = (table: Table, keys: readonly string[]): Table =>
  Object.fromEntries(keys.filter((key) => table[key] !== undefined).map((key) => [key, table[key]]));

/** The text of a task file from the texts of its sub tasks, by source. Throws InputError. */
export function taskYaml(subTasks: readonly { readonly key: string; readonly text: string }[]): string {
  const tables = subTasks.map(({ key, text }) => tableOf(text, key));
  const [first = {}] = tables;
  const rules = RULES.map(([, , , prefix]) => new Section(prefix));
  const units = UNITS.map(([, , prefix]) => new Section(prefix));
  const lists = new Section('balist');
  const instances = tables.map((table) => ({
    'source-id': table['source-id'],
    ...(table.meta !== undefined && { meta: table.meta }),
    ...Object.fromEntries(
      RULES.map(([key, , inInstance], i) => [
        inInstance,
        ((table[key] as unknown[] | undefined) ?? []).map((rule) => rules[i]?.nameOf(rule)),
      ]),
    ),
    ...(table['block-allow-list'] !== undefined && { 'block-allow-list': lists.nameOf(table['block-allow-list']) }),
    ...Object.fromEntries(UNITS.map(([, key, , keys], i) => [key, units[i]?.nameOf(pick(table, keys))])),
  }));
  return writeYaml({
    name: first.name,
    'task-mode': first.mode,
    ...pick(first, SHARED),
    'target-database': first.to,
    'mysql-instances': instances,
    ...Object.fromEntries(RULES.map(([, section], i) => [section, rules[i]?.value])),
    'block-allow-list': lists.value,
    ...Object.fromEntries(UNITS.map(([section], i) => [section, units[i]?.value])),
  });
}
