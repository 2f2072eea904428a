// Errors of the file system in Go's words: `open x: no such file or directory`.

const TEXTS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EPERM: 'operation not permitted',
};

/** The text for an error met while reading a file. */
export function fileError(error: unknown, path: string): string {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const text = TEXTS[code ?? ''] ?? message;
  return `${syscall === 'read' ? 'read' : 'open'} ${path}: ${text}`;
}
