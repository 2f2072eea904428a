// The bytes of the program's arguments. Node only has the decoded arguments. Linux also shows the bytes.

import fs from 'node:fs';

const NUL = 0;

/** The bytes of the last `count` arguments; undefined if the system does not show them. */
export function argumentBytes(count: number): readonly Buffer[] | undefined {
  if (process.platform !== 'linux') return undefined;
  let all: Buffer;
  try {
    all = fs.readFileSync('/proc/self/cmdline');
  } catch {
    return undefined;
  }
  const parts: Buffer[] = [];
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(NUL, at);
    parts.push(all.subarray(at, end < 0 ? all.length : end));
    at = end < 0 ? all.length : end + 1;
  }
  return parts.length < count ? undefined : parts.slice(parts.length - count);
}
