// A view as comma-separated values (RFC 4180), or with tabs between the values and the same quotes.

import { type Cell, columnName, textOf, type View } from '../../presenters/view.ts';

/** How many rows are joined into one chunk. */
const ROWS = 512;

/** The text in chunks: a line of names, then one line per row, with all columns. Lines end with CR LF. */
export function* csvText({ columns, rows }: View, separator: ',' | '\t'): Generator<string> {
  const special = separator === ',' ? /[",\r\n]/ : /["\t\r\n]/;
  const field = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  yield `${columns.map((column) => field(columnName(column))).join(separator)}\r\n`;
  for (let from = 0; from < rows.length; from += ROWS) {
    const lines = rows
      .slice(from, from + ROWS)
      .map(({ cells }) => columns.map((_, at) => field(csvValue(cells[at] ?? ''))).join(separator));
    yield `${lines.join('\r\n')}\r\n`;
  }
}

/** An amount as a plain number, so that programs need not know its unit's forms. */
function csvValue(cell: Cell): string {
  return typeof cell !== 'string' && cell.amount !== undefined ? String(cell.amount) : textOf(cell);
}
