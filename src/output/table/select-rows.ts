// Applies --filter, --sort-by and --columns to a view.

import { UsageError } from '../../command/errors.ts';
import { amountOf, type FilterTerm, type RowSelection, type SortKey, selectsRows } from '../../command/row-selection.ts';
import { type Cell, type Column, columnName, type Row, textOf, type View } from '../../presenters/view.ts';
import { globMatcher } from '../../text/glob.ts';
import { didYouMean } from '../../text/nearest.ts';
import { goQuote } from '../../text/quote.ts';

/** The view with the selected rows and columns. Throws UsageError for an unknown column and a value of the wrong unit. */
export function selectRows(view: View, selection: RowSelection): View {
  if (!selectsRows(selection)) return view;
  const tests = selection.filter.map((term) => rowTest(term, view.columns));
  const orders = selection.sortBy.map((key) => rowOrder(key, view.columns));
  const picked = selection.columns.map((name) => indexOf(name, view.columns));
  let rows = tests.length > 0 ? view.rows.filter((row) => tests.every((test) => test(row))) : view.rows;
  if (orders.length > 0) rows = [...rows].sort((a, b) => firstDifference(orders, a, b));
  const hidden = view.rows.length - rows.length;
  const kept = new Set(hidden > 0 ? rows.map((row) => row.key) : []);
  return {
    columns: picked.length > 0 ? picked.map((at) => shown(view.columns[at] as Column)) : view.columns,
    rows: picked.length > 0 ? rows.map((row) => ({ ...row, cells: picked.map((at) => row.cells[at] ?? '') })) : rows,
    ...(view.notes && {
      notes: hidden > 0 ? view.notes.filter((note) => !('rows' in note) || note.rows.some((key) => kept.has(key))) : view.notes,
    }),
    footer: hidden > 0 ? filteredFooter(rows.length, view) : (view.footer ?? ''),
  };
}

/** A column that was asked for is shown even if the terminal is narrow. */
const shown = ({ rank: _, wide: __, ...column }: Column): Column => column;

function filteredFooter(left: number, { rows, footer = '' }: View): string {
  const text = `${left} of ${rows.length} rows match the filter`;
  return footer === '' ? text : `${text}; ${footer}`;
}

function indexOf(name: string, columns: readonly Column[]): number {
  const at = columns.findIndex((column) => columnName(column) === name || column.alias === name);
  if (at >= 0) return at;
  const names = columns.map(columnName);
  const near = didYouMean(name, [...names, ...columns.flatMap((c) => c.alias ?? [])]);
  throw new UsageError(`there is no column ${goQuote(name)}: ${near === '' ? '' : `${near} `}The columns are ${names.join(', ')}`);
}

function rowTest({ column: name, operator, value }: FilterTerm, columns: readonly Column[]): (row: Row) => boolean {
  const at = indexOf(name, columns);
  const { unit } = columns[at] as Column;
  const cellOf = (row: Row): Cell => row.cells[at] ?? '';
  if (unit !== undefined && value !== '') {
    const limit = checkedAmount(name, value, unit);
    return (row) => {
      const amount = amountIn(cellOf(row));
      return amount !== undefined && compares(operator, amount - limit);
    };
  }
  if (operator === '=' || operator === '!=') {
    const matches = value.split('|').map((word) => globMatcher(word.trim().toLowerCase()));
    return (row) => {
      const cell = cellOf(row);
      const texts = [textOf(cell), ...(typeof cell === 'string' || !cell.also ? [] : [cell.also])];
      const found = matches.some((match) => texts.some((text) => match(text.toLowerCase())));
      return found === (operator === '=');
    };
  }
  return (row) => compares(operator, compareTexts(textOf(cellOf(row)), value));
}

function checkedAmount(name: string, value: string, unit: NonNullable<Column['unit']>): number {
  try {
    return amountOf(value, unit);
  } catch (error) {
    throw new UsageError(`--filter: ${name}: ${(error as Error).message}`);
  }
}

const amountIn = (cell: Cell): number | undefined => (typeof cell === 'string' ? undefined : cell.amount);

function compares(operator: FilterTerm['operator'], difference: number): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
  }
}

type Order = (a: Row, b: Row) => number;

function rowOrder({ column, descending }: SortKey, columns: readonly Column[]): Order {
  const at = indexOf(column, columns);
  const hasAmounts = columns[at]?.unit !== undefined;
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const [first, second] = [a.cells[at] ?? '', b.cells[at] ?? ''];
    if (!hasAmounts) return sign * compareTexts(textOf(first), textOf(second));
    const [x, y] = [amountIn(first), amountIn(second)];
    // Rows without an amount come last in both directions.
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  };
}

function firstDifference(orders: readonly Order[], a: Row, b: Row): number {
  for (const order of orders) {
    const difference = order(a, b);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Names with numbers in their natural order: task-9 before task-10. */
const collator = new Intl.Collator('en', { numeric: true });

const compareTexts = (a: string, b: string): number => collator.compare(a, b);
