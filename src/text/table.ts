// Tables of keys and values, as YAML, TOML and JSON have them.

export type Table = Readonly<Record<string, unknown>>;

/** Whether a value is a table. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
