// What a hint needs of the text of a task file, without a YAML parser.

/** The name of the task; empty if it is not written on one line of its own. */
export function nameInTaskFile(text: string): string {
  return /^name:[ \t]*(["']?)([^"'#\r\n]+?)\1[ \t]*(?:#.*)?\r?$/m.exec(text)?.[2]?.trim() ?? '';
}
