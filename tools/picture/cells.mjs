// Edits rows of cells for a picture: replaces what differs from run to run, and removes what should not be visible.

const BLANK = {
  chars: ' ',
  width: 1,
  fg: undefined,
  bg: undefined,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

/** The row's text, and the cell of each of its UTF-16 units. */
function read(row) {
  let text = '';
  const cellAt = [];
  for (const [x, { chars, width }] of row.entries()) {
    if (width === 0) continue;
    const shown = chars || ' ';
    for (let i = 0; i < shown.length; i += 1) cellAt.push(x);
    text += shown;
  }
  return { text, cellAt };
}

/** The text of the rows, without trailing spaces. */
export const textOf = (rows) => rows.map((row) => read(row).text.trimEnd()).join('\n');

/** Cells of the text in the style of a given cell. Narrow characters only. */
export const written = (text, like = BLANK) => [...text].map((chars) => ({ ...like, chars, width: 1 }));

/** The end of a column: two spaces, a line of a table, or the end of the row. The cells from there on must not move. */
function columnEnd(row, from) {
  const blank = (x) => x >= row.length || row[x].chars === '' || row[x].chars === ' ';
  let x = from;
  while (x < row.length && !(blank(x) && blank(x + 1)) && !/[│┃|]/.test(row[x].chars)) x += 1;
  // The space before a line of a table belongs to the column. New cells can go before or after it.
  return x;
}

/**
 * Replaces all matches in every row. The rest of the same column moves, but columns stay in place.
 * @param {readonly (readonly [RegExp, string])[]} replacements regular expressions without the flag g
 */
export function replaceIn(rows, replacements) {
  return rows.map((original) => {
    let row = original;
    for (const [pattern, by] of replacements) {
      let from = 0;
      for (;;) {
        const { text, cellAt } = read(row);
        const found = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(text.slice(from));
        if (!found || found[0] === '') break;
        const start = cellAt[from + found.index];
        const end = cellAt[from + found.index + found[0].length] ?? row.length;
        const put = written(by, row[start]);
        const columnsEnd = columnEnd(row, end);
        const column = [...put, ...row.slice(end, columnsEnd)];
        const length = columnsEnd - start;
        while (column.length < length) column.push(BLANK);
        // If the column has grown, spaces at its end are removed. If there are none, its end is cut.
        let spare = columnsEnd;
        while (column.length > spare - start && spare < row.length - 1 && isBlank(row[spare]) && isBlank(row[spare + 1])) spare += 1;
        column.length = spare - start;
        row = [...row.slice(0, start), ...column, ...row.slice(spare)];
        from += found.index + by.length;
      }
    }
    return row;
  });
}

const isBlank = ({ chars }) => chars === '' || chars === ' ';
const isEmpty = (row) => row.every((cell) => isBlank(cell) && !cell.inverse && cell.bg === undefined && !cell.underline);

/**
 * The rows from the first match of `from` up to, but not including, the first row below it that matches `to`, without empty
 * rows at the end.
 * @param {{ from?: RegExp, to?: RegExp }} crop
 */
export function cropped(rows, { from, to } = {}) {
  const texts = rows.map((row) => textOf([row]));
  const first = from ? texts.findIndex((t) => from.test(t)) : 0;
  if (first < 0) throw new Error(`no row matches ${from}:\n${textOf(rows)}`);
  const after = to ? texts.findIndex((t, i) => i > first && to.test(t)) : -1;
  const kept = rows.slice(first, after < 0 ? rows.length : after);
  while (kept.length > 0 && isEmpty(kept.at(-1))) kept.pop();
  return kept;
}
