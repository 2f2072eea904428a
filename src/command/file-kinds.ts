// The kinds of files that a word of a line can name, by the endings of their names. Completion offers other files only if
// nothing fits.

export const FILE_ENDINGS = {
  file: [],
  'yaml-file': ['yaml', 'yml'],
  'toml-file': ['toml'],
  'config-file': ['yaml', 'yml', 'toml'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FileValue = keyof typeof FILE_ENDINGS;

/** Whether a kind of value is a file. */
export const isFileValue = (kind: unknown): kind is FileValue => typeof kind === 'string' && Object.hasOwn(FILE_ENDINGS, kind);

/** The endings of a kind of file; none for files of every kind. Undefined for a kind that is not a file. */
export function endingsOf(kind: unknown): readonly string[] | undefined {
  return isFileValue(kind) ? FILE_ENDINGS[kind] : undefined;
}

/** The paths that fit a kind, and folders, which end with a slash. All paths if nothing fits. */
export function fittingPaths(paths: readonly string[], kind: FileValue): readonly string[] {
  const endings: readonly string[] = FILE_ENDINGS[kind];
  if (endings.length === 0) return paths;
  const fitting = paths.filter((path) => path.endsWith('/') || endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)));
  return fitting.length > 0 ? fitting : paths;
}
