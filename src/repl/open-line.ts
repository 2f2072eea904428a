// Decides whether a line continues in the next row: at the prompt, in a paste and in piped lines. Each row is read
// once, so the time is linear in the number of rows.

import { Refusal } from '../command/errors.ts';
import type { CommandRegistry } from '../command/registry.ts';
import { sqlOf } from './line.ts';
import { SqlMarks } from './sql-marks.ts';

/** Why a line continues: a backslash at the end of the row, or open SQL. */
export type Open = '\\' | "'" | '"' | '`' | '/*';

/** The rows of one line. */
export class OpenRows {
  private readonly registry: CommandRegistry;
  /** The line up to the start of its SQL. */
  private head = '';
  private sql: { readonly marks: SqlMarks; readonly start: number } | undefined;
  private length = 0;
  private joint = '';
  /** Where each row begins in the joined line. */
  private readonly starts: number[] = [];

  constructor(registry: CommandRegistry) {
    this.registry = registry;
  }

  /**
   * Takes the next row, without its end.
   * @returns why the line continues after it, or undefined if it is complete
   */
  add(row: string): Open | undefined {
    if (this.starts.length === 0 && /^\s*#/.test(row)) return undefined; // a comment ends with its row
    const goesOn = row.endsWith('\\');
    const piece = this.joint + (goesOn ? row.slice(0, -1) : row);
    this.joint = goesOn ? ' ' : '\n';
    this.starts.push(this.length + (this.starts.length === 0 ? 0 : 1));
    this.length += piece.length;
    if (this.sql) this.sql.marks.feed(piece);
    else this.head += piece;
    if (goesOn) return '\\';
    this.sql ??= this.findSql();
    return this.sql?.marks.open()?.mark;
  }

  /** The row in which the quote or comment begins that is open, from 0. */
  get openRow(): number {
    const place = (this.sql?.marks.open()?.at ?? 0) + (this.sql?.start ?? 0);
    let row = this.starts.length - 1;
    while (row > 0 && (this.starts[row] as number) > place) row -= 1;
    return row;
  }

  private findSql(): { readonly marks: SqlMarks; readonly start: number } | undefined {
    try {
      const text = sqlOf(this.head, this.registry);
      if (text === undefined) return undefined;
      const marks = new SqlMarks();
      marks.feed(text);
      return { marks, start: this.head.length - text.length };
    } catch (error) {
      if (error instanceof Refusal) return undefined; // an open quote elsewhere is a mistake of that line
      throw error;
    }
  }
}
