// What --sort-by, --columns and --filter ask for. output/table/select-rows.ts applies it to a view.

import { parseDuration } from '../text/duration.ts';
import { goQuote } from '../text/quote.ts';
import { parseSize } from '../text/size.ts';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

const OPERATORS = ['!=', '>=', '<=', '=', '>', '<'] as const;
export type FilterOperator = (typeof OPERATORS)[number];

export interface FilterTerm {
  readonly column: string;
  readonly operator: FilterOperator;
  /** As typed. With = and !=, words that | separates, in which * and ? stand for other characters. */
  readonly value: string;
}

export interface RowSelection {
  readonly sortBy: readonly SortKey[];
  /** Empty for the columns of the view. */
  readonly columns: readonly string[];
  /** All of them must hold. */
  readonly filter: readonly FilterTerm[];
}

/** Whether anything was asked for. */
export function selectsRows({ sortBy, columns, filter }: RowSelection): boolean {
  return sortBy.length > 0 || columns.length > 0 || filter.length > 0;
}

const NAME = /^[\p{L}\d_-]+$/u;

/** Parses `COLUMN[,-COLUMN]`. Throws Error. */
export function parseSortBy(text: string): readonly SortKey[] {
  return items(text).map((item) => {
    const descending = item.startsWith('-');
    return { column: columnName(descending ? item.slice(1) : item), descending };
  });
}

/** Parses `a,b,c`. Throws Error. */
export function parseColumns(text: string): readonly string[] {
  return items(text).map(columnName);
}

/** Parses `state=paused,lag>60s`. Throws Error. */
export function parseFilter(text: string): readonly FilterTerm[] {
  return items(text).map((item) => {
    const [, name = '', operator, value = ''] = /^([^!=<>]*)(!=|>=|<=|=|>|<)(.*)$/s.exec(item) ?? [];
    if (!operator)
      throw new Error(`${goQuote(item)} has no operator: write COLUMN=VALUE, with =, !=, <, <=, > or >=. Separate several values by |`);
    return { column: columnName(name), operator: operator as FilterOperator, value: value.trim() };
  });
}

function items(text: string): string[] {
  const found = text.split(',').map((item) => item.trim());
  if (found.some((item) => item === '')) throw new Error(`${goQuote(text)} has an empty item: separate items by one comma`);
  return found;
}

/** The name of a column, as users may write it: in any case, with spaces, dashes or underscores. */
function columnName(text: string): string {
  const name = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (!NAME.test(name)) throw new Error(`${goQuote(text)} is not a name of a column`);
  return name;
}

/**
 * The number that a text of a filter means, for a column of a unit: seconds (`60s`, `5m`), bytes (`1MiB`), or a plain number.
 * Throws Error that shows the right form.
 */
export function amountOf(text: string, unit: 's' | 'B' | '%' | ''): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  try {
    if (unit === 's') return parseDuration(text) / 1000;
    if (unit === 'B') return parseSize(text);
  } catch {
    // the message below shows the form of both
  }
  if (unit === '%' && /^\d+(\.\d+)?%$/.test(text)) return Number(text.slice(0, -1));
  const form = { s: 'a duration, such as 60s or 5m', B: 'a size, such as 64KiB or 1MiB', '%': 'a share, such as 50%', '': 'a number' }[
    unit
  ];
  throw new Error(`${goQuote(text)} is not ${form}`);
}
