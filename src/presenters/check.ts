// The table of check-task: one row per item of the check, failures first.

import { readDmError } from '../domain/dm-error.ts';
import { count } from '../text/quantity.ts';
import { errorNote } from './error-note.ts';
import { resultsOrWhole, type WorkerResult } from './outcomes.ts';
import type { Column, Note, Row, Tone, View } from './view.ts';

interface Item {
  readonly name: string;
  readonly state: string;
  readonly errorMsg: string;
  readonly instruction: string;
  readonly extra: string;
}

const COLUMNS: readonly Column[] = [
  { title: 'CHECK', cut: true },
  { title: 'RESULT' },
  { title: 'WHERE', rank: 2, cut: true },
  { title: 'PROBLEM', cut: true },
];

const TONES: Readonly<Record<string, Tone>> = { fail: 'bad', warn: 'warn', success: 'good' };
const toneOf = (state: string): Tone => TONES[state] ?? 'none';
const WORDS: Readonly<Record<string, string>> = { fail: 'failed', warn: 'warning', success: 'passed' };

/** The items of the check in DM's text. Undefined if the text contains none. */
export function checkView(text: string): View | undefined {
  const items = itemsOf(readDmError(text).checkDetail);
  if (!items) return undefined;
  const order = ['fail', 'warn'];
  const rank = (i: Item): number => (order.includes(i.state) ? order.indexOf(i.state) : order.length);
  const sorted = [...items].sort((a, b) => rank(a) - rank(b));
  const of = (state: string): number => items.filter((i) => i.state === state).length;
  return {
    columns: COLUMNS,
    rows: sorted.map(row),
    notes: sorted.filter((i) => i.state !== 'success').map(note),
    footer: `${count(items.length, 'check')}: ${of('fail')} failed, ${count(of('warn'), 'warning')}, ${of('success')} passed`,
  };
}

/** The view of an answer with a check or its outcome. */
export function checkOutcome(ok: boolean, text: string): View {
  const checked = checkView(text);
  if (checked) return checked;
  return { columns: [], rows: [], notes: [ok ? { tone: 'good', line: text || 'the check passed' } : errorNote('DM-master', text)] };
}

/** A check in one line: its failed items, or its warnings if none failed. Other texts are unchanged. */
export function checkSummary(text: string): string {
  const items = itemsOf(readDmError(text).checkDetail);
  if (!items) return text;
  const worst = ['fail', 'warn'].map((state) => items.filter((item) => item.state === state)).find((some) => some.length > 0) ?? [];
  return worst.map((item) => `${WORDS[item.state]}: ${item.name}: ${item.errorMsg}`).join('; ');
}

/** The result of check-task for one of many files. */
export function checkOutcomes(ok: boolean, text: string): readonly WorkerResult[] {
  return resultsOrWhole(ok, checkSummary(text), []);
}

function row(item: Item, place: number): Row {
  return {
    key: `${place}`,
    name: item.name,
    cells: [item.name, { text: WORDS[item.state] ?? item.state, tone: toneOf(item.state) }, whereOf(item), item.errorMsg],
  };
}

/** The place without the words before it in `address of db instance - 127.0.0.1:13306`. Other remarks stay unchanged. */
const whereOf = ({ extra }: Item): string => extra.replace(/^address of db instance - /, '');

function note(item: Item): Note {
  const where = whereOf(item);
  return {
    tone: toneOf(item.state),
    line: `${item.name}: ${item.errorMsg}`,
    details: [...(where ? [{ label: 'where', text: where }] : []), ...(item.instruction ? [{ label: 'try', text: item.instruction }] : [])],
  };
}

function itemsOf(detail: string | undefined): Item[] | undefined {
  if (detail === undefined) return undefined;
  try {
    const { results } = JSON.parse(detail) as { results?: unknown };
    if (!Array.isArray(results)) return undefined;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return results.map((r) => ({
      name: text(r?.name),
      state: text(r?.state),
      errorMsg: text(r?.errorMsg),
      instruction: text(r?.instruction),
      extra: text(r?.extra),
    }));
  } catch {
    return undefined; // a truncated text: it is shown unchanged
  }
}
