// Errors of the file system in Go's words: `open x: no such file or directory`.

const TEXTS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'file too large',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  EPERM: 'operation not permitted',
};

/** The text for an error of reading a file. */
export function fileError(error: unknown, path: string): string {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const text = TEXTS[code ?? ''] ?? message;
  return `${syscall === 'read' ? 'read' : 'open'} ${path}: ${text}`;
}

/** The reason of a system error with its code: `no space left on device (ENOSPC)`. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return message;
  // Node's own text: "ENOSPC: no space left on device, write", or "write EIO".
  const text = TEXTS[code] ?? /^[A-Z0-9]+: ([^,]*)/.exec(message)?.[1];
  return text === undefined ? message : `${text} (${code})`;
}
