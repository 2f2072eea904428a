// Lays the line out in rows of the terminal. Rows break where the terminal breaks them, counted in cells. Pure.

import { after, plainEnd, shown, widthOf } from './graphemes.ts';

/** One row of the terminal. */
export interface Row {
  /** The prompt, with its color. */
  readonly lead: string;
  readonly leadWidth: number;
  readonly text: string;
  /** The gray text behind the line. */
  readonly tail: string;
  /** Cells of the row; at most the columns of the terminal. */
  readonly width: number;
  /** Whether it continues the row above because that was full, so that the terminal broke the line. */
  readonly wrapped: boolean;
}

export interface Place {
  readonly row: number;
  /** The column, from 0 and less than the columns of the terminal. */
  readonly column: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly cursor: Place;
}

export interface Prompts {
  readonly first: string;
  /** The prompt of continuation rows. */
  readonly next: string;
}

export const row = (text: string): Row => ({ lead: '', leadWidth: 0, text, tail: '', width: widthOf(text), wrapped: false });
export const NOTHING: Layout = { rows: [row('')], cursor: { row: 0, column: 0 } };

/** Lays out the text and the cursor. */
export function layOut(prompts: Prompts, text: string, cursor: number, hint: string, columns: number): Layout {
  const rows: Row[] = [];
  let place: Place | undefined;
  let lead = prompts.first;
  let leadWidth = widthOf(lead);
  let wrapped = false;
  let content = '';
  let width = leadWidth;
  const finish = (nextLead: string, wraps: boolean): void => {
    rows.push({ lead, leadWidth, text: content, tail: '', width, wrapped });
    lead = nextLead;
    leadWidth = widthOf(lead);
    wrapped = wraps;
    content = '';
    width = leadWidth;
  };
  for (let at = 0; at < text.length; ) {
    const run = plainEnd(text, at, Math.min(columns - width, cursor > at ? cursor - at : columns));
    if (run > at) {
      if (cursor === at) place = { row: rows.length, column: width };
      content += text.slice(at, run);
      width += run - at;
      at = run;
      continue;
    }
    const end = after(text, at);
    if (text[at] === '\n') {
      if (width >= columns && cursor === at) finish('', true);
      if (cursor === at) place = { row: rows.length, column: width };
      finish(prompts.next, false);
      at = end;
      continue;
    }
    const cell = shown(text.slice(at, end));
    if (width + cell.width > columns && width > 0) finish('', true);
    if (cursor === at) place = { row: rows.length, column: width };
    content += cell.text;
    width += cell.width;
    at = end;
  }
  if (width >= columns && cursor >= text.length) finish('', true);
  place ??= { row: rows.length, column: width };
  const tail = fitting(hint, columns - width);
  rows.push({ lead, leadWidth, text: content, tail, width: width + widthOf(tail), wrapped });
  return { rows, cursor: place };
}

/** The start of a text as far as it fits into one line. */
function fitting(text: string, columns: number): string {
  let fits = '';
  let width = 0;
  for (let at = 0; at < text.length && text[at] !== '\n'; ) {
    const end = after(text, at);
    const cell = shown(text.slice(at, end));
    width += cell.width;
    if (width > columns) break;
    fits += cell.text;
    at = end;
  }
  return fits;
}

/** The rows that fit into the height of a terminal: those around the cursor, as close as possible to the rows shown before. */
export function inView({ rows, cursor }: Layout, height: number, top: number): { readonly layout: Layout; readonly top: number } {
  const last = Math.max(0, rows.length - height);
  const first = Math.min(last, Math.max(cursor.row - height + 1, Math.min(top, cursor.row)));
  return {
    layout: { rows: rows.slice(first, first + height), cursor: { row: cursor.row - first, column: cursor.column } },
    top: first,
  };
}

/** The row without colors. The width of the prompt stays the same. */
export function contentOf({ lead, leadWidth, text, tail }: Row): string {
  return (lead === '' ? '' : 'x'.repeat(leadWidth)) + text + tail;
}
