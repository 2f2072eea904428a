// Places in a binlog, as DM writes them: (mysql-bin.000005, 1234), or with the suffix of the relay's sub-directory
// (mysql-bin|000001.000005, 1234).

import { bytes } from './quantity.ts';

export interface Position {
  /** The file's name before its number, and without the relay's suffix. */
  readonly base: string;
  readonly file: number;
  readonly offset: number;
}

/** Reads a position; undefined where there is none yet, as in "(, 4)". By hand: a large answer has many thousands. */
export function readPosition(text: string): Position | undefined {
  const comma = Math.max(text.lastIndexOf(','), text.lastIndexOf(':'));
  const dot = text.lastIndexOf('.', comma);
  if (comma < 0 || dot < 0) return undefined;
  const open = text.startsWith('(') ? 1 : 0;
  const bar = text.lastIndexOf('|', dot);
  const file = Number(text.slice(dot + 1, comma));
  const offset = Number(text.slice(comma + 1, text.endsWith(')') ? -1 : undefined));
  if (!Number.isSafeInteger(file) || !Number.isSafeInteger(offset)) return undefined;
  return { base: text.slice(open, bar < 0 ? dot : bar), file, offset };
}

export interface Distance {
  /** Whole files between, where the two are in different ones: how many bytes these hold is not known. */
  readonly files: number;
  /** Bytes, where both are in one file. */
  readonly bytes: number;
}

/** How far `at` is behind `end`; undefined where they cannot be compared. Never below zero. */
export function distance(end: string, at: string): Distance | undefined {
  const [to, from] = [readPosition(end), readPosition(at)];
  if (!to || !from || to.base !== from.base) return undefined;
  if (to.file === from.file) return { files: 0, bytes: Math.max(0, to.offset - from.offset) };
  return to.file > from.file ? { files: to.file - from.file, bytes: 0 } : { files: 0, bytes: 0 };
}

/** "0", "3.2 KiB", "2 files"; "?" where it is not known. */
export function behindText(gap: Distance | undefined): string {
  if (!gap) return '?';
  if (gap.files > 0) return gap.files === 1 ? '1 file' : `${gap.files} files`;
  return gap.bytes === 0 ? '0' : bytes(gap.bytes);
}
