// Names of tables in texts of DM and of databases.

/** `db`.`table`, each at most 64 characters. */
const QUOTED_PAIR = /`([^`]{1,64})`\.`([^`]{1,64})`/g;

/** The tables that the strings of a decoded answer name with quotes, such as errors and the IDs of locks. A table may occur twice. */
export function tablesIn(value: unknown): { readonly database: string; readonly table: string }[] {
  if (typeof value === 'string') return [...value.matchAll(QUOTED_PAIR)].map(([, database = '', table = '']) => ({ database, table }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(tablesIn);
}
