// Standard output and standard error. Files are written here, since Node ignores partial writes on a full disk.

import fs from 'node:fs';

/**
 * A stream of the process. It is opened on first use, since opening one loads a large part of Node.
 * @param failureOf converts the system's error
 * @param rejects whether a failing write rejects. Otherwise the text is lost, and only `failure` shows it.
 */
export function output<F extends Error>(fd: 1 | 2, open: () => NodeJS.WriteStream, failureOf: (error: unknown) => F, rejects: boolean) {
  let failure: F | undefined;
  let opened: NodeJS.WriteStream | undefined;
  const isFile = fs.fstatSync(fd).isFile();
  const fail = (error: unknown): void => {
    failure ??= failureOf(error);
  };
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on('error', fail);
    return opened;
  };
  const put = (text: string | Buffer): Promise<void> => (isFile ? writeFile(fd, text) : writeStream(stream(), text));
  return {
    write: async (text: string | Buffer): Promise<void> => {
      if (!failure) await put(text).catch(fail);
      if (failure && rejects) throw failure;
    },
    get failure(): F | undefined {
      return failure;
    },
    get isTTY() {
      return !isFile && stream().isTTY === true;
    },
    get columns() {
      return isFile ? undefined : stream().columns;
    },
    get rows() {
      return isFile ? undefined : stream().rows;
    },
  };
}

/** Resolves when the stream has accepted the text and is ready for more. */
function writeStream(stream: NodeJS.WriteStream, text: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes all bytes. The system may write only a part, and reports the reason only at the next attempt. */
async function writeFile(fd: number, text: string | Buffer): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  let at = 0;
  while (at < bytes.length) at += fs.writeSync(fd, bytes, at);
}
