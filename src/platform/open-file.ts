// A file that the answers of a line are written to.

import { open } from 'node:fs/promises';

/** What is needed to write a file. Each function rejects with the system's error. */
export interface OpenFile {
  write(text: string | Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file: empty, or at its end. */
export async function openFile(path: string, append: boolean): Promise<OpenFile> {
  const file = await open(path, append ? 'a' : 'w');
  return {
    write: async (text) => {
      await file.writeFile(text);
    },
    close: () => file.close(),
  };
}
