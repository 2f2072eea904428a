// Places in a binlog, as DM writes them: (mysql-bin.000005, 1234), or with the suffix of the relay's sub-directory
// (mysql-bin|000001.000005, 1234). Parsed by hand without intermediate strings: a large answer has many thousands.

import { formatBytes } from '../text/quantity.ts';

export interface Position {
  /** The file's name before its number, and without the relay's suffix. */
  readonly base: string;
  readonly file: number;
  readonly offset: number;
}

/** A parsed position, and where its base is in the text. */
class MutablePosition {
  text = '';
  from = 0;
  to = 0;
  file = 0;
  offset = 0;

  /** Parses the text. False if it does not contain a position yet, as in "(, 4)". */
  read(text: string): boolean {
    const end = text.endsWith(')') ? text.length - 1 : text.length;
    const separator = Math.max(text.lastIndexOf(','), text.lastIndexOf(':'));
    const dot = text.lastIndexOf('.', separator);
    if (separator < 0 || dot < 0) return false;
    const bar = text.indexOf('|');
    this.text = text;
    this.from = text.startsWith('(') ? 1 : 0;
    this.to = bar < 0 || bar > dot ? dot : bar;
    this.file = numberIn(text, dot + 1, separator);
    this.offset = numberIn(text, text[separator + 1] === ' ' ? separator + 2 : separator + 1, end);
    return this.file >= 0 && this.offset >= 0;
  }

  /** Whether the files of both belong to the same series. */
  hasBaseOf(other: MutablePosition): boolean {
    if (this.to - this.from !== other.to - other.from) return false;
    for (let i = this.to - this.from - 1; i >= 0; i -= 1) {
      if (this.text.charCodeAt(this.from + i) !== other.text.charCodeAt(other.from + i)) return false;
    }
    return true;
  }
}

/** The digits between two places as a number. -1 if there is something else, nothing, or too many digits. */
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

const END = new MutablePosition();
const AT = new MutablePosition();

/** Parses a position. Undefined if there is none yet. */
export function readPosition(text: string): Position | undefined {
  if (!AT.read(text)) return undefined;
  return { base: text.slice(AT.from, AT.to), file: AT.file, offset: AT.offset };
}

export interface PositionGap {
  /** The number of files between the two positions. Their sizes are unknown. */
  readonly files: number;
  /** The number of bytes, if both are in the same file. */
  readonly bytes: number;
}

const NONE: PositionGap = { files: 0, bytes: 0 };

/** How far `at` is behind `end`. Undefined if they cannot be compared. Never below zero. */
export function positionGap(end: string, at: string): PositionGap | undefined {
  if (!END.read(end) || !AT.read(at) || !END.hasBaseOf(AT)) return undefined;
  if (END.file === AT.file) return END.offset > AT.offset ? { files: 0, bytes: END.offset - AT.offset } : NONE;
  return END.file > AT.file ? { files: END.file - AT.file, bytes: 0 } : NONE;
}

/** "0", "3.2 KiB", "2 files", or "?" if it is unknown. */
export function formatGap(gap: PositionGap | undefined): string {
  if (!gap) return '?';
  if (gap.files > 0) return gap.files === 1 ? '1 file' : `${gap.files} files`;
  return gap.bytes === 0 ? '0' : formatBytes(gap.bytes);
}
