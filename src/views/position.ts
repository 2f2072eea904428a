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
  const end = text.endsWith(')') ? text.length - 1 : text.length;
  const separator = Math.max(text.lastIndexOf(','), text.lastIndexOf(':'));
  const dot = text.lastIndexOf('.', separator);
  if (separator < 0 || dot < 0) return undefined;
  const file = numberIn(text, dot + 1, separator);
  const offset = numberIn(text, text[separator + 1] === ' ' ? separator + 2 : separator + 1, end);
  if (file < 0 || offset < 0) return undefined;
  const open = text.startsWith('(') ? 1 : 0;
  const bar = text.indexOf('|');
  return { base: text.slice(open, bar < 0 || bar > dot ? dot : bar), file, offset };
}

/** The digits between two places as a number; -1 where something else stands there, or nothing, or too much. */
function numberIn(text: string, from: number, to: number): number {
  if (from >= to || to - from > 15) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
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
