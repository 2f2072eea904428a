// Tab inserts the common start of all candidates. A second Tab lists them. Pure functions.

import { truncate } from '../text/width.ts';
import { replace } from './edits.ts';
import { floor, widthOf } from './graphemes.ts';
import type { EditorPorts, EditState } from './state.ts';

function commonPart(candidates: readonly string[]): string {
  const [first = '', ...others] = candidates;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, floor(first, length));
}

/** Inserts the common start. If there is none, the second Tab lists the candidates. */
export function complete(state: EditState, ports: EditorPorts): EditState {
  const { from, candidates, untypeable } = ports.complete(state.text, state.cursor);
  const all = [...candidates, ...untypeable.map((name) => `${name} (cannot be typed)`)];
  const listed = { ...state, list: state.last === 'tab' && all.length > 1 ? all : [], last: 'tab' as const };
  if (candidates.length === 0) return all.length === 1 ? { ...listed, list: all } : listed;
  const typed = state.text.slice(from, state.cursor);
  const common = commonPart(candidates);
  const only = all.length === 1 && !/[\s=/]$/.test(common) && !/^\s/.test(state.text.slice(state.cursor));
  const text = only ? `${common} ` : common;
  // A single candidate may differ from the typed text by its quotes.
  const goesOn = candidates.length === 1 || (text.startsWith(typed.slice(0, text.length)) && text.length >= typed.length);
  if (text !== typed && goesOn) {
    return { ...replace(state, from, state.cursor, text), last: 'tab' };
  }
  return listed;
}

/** Candidates in columns, sorted downwards, in at most `most` rows. The last row says how many more there are. */
export function columnsOf(list: readonly string[], columns: number, most: number): string[] {
  const seen = list.slice(0, columns * most).map((name) => truncate(name, columns)); // no more can fit, however short they are
  const wide = seen.reduce((width, name) => Math.max(width, widthOf(name)), 0) + 2;
  const across = Math.max(1, Math.floor((columns + 1) / wide));
  const needed = Math.ceil(list.length / across);
  const rows = needed <= most ? needed : Math.max(1, most - 1);
  const shown = seen.slice(0, rows * across);
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: across }, (_, i) => shown[i * rows + row]).filter((c) => c !== undefined);
    return cells.map((c, i) => (i < cells.length - 1 ? c + ' '.repeat(wide - widthOf(c)) : c)).join('');
  });
  const left = list.length - shown.length;
  return left === 0 ? lines : [...lines, `… and ${left.toLocaleString('en')} more`];
}
