// Inserts pasted texts. Each row of a paste is read only once. Pure functions.

import { at, insert } from './edits.ts';
import { type EditorPorts, type EditState, LONGEST, type Step } from './state.ts';

/** Whether the line continues after its last row. */
export function goesOn(text: string, ports: EditorPorts): boolean {
  const rows = ports.openRows();
  return text.split('\n').reduce((_, row) => Boolean(rows.add(row)), false);
}

/** Inserts a text without line ends. */
export function put(state: EditState, text: string): Step {
  return state.text.length + text.length > LONGEST ? { state, act: 'full' } : { state: insert(state, text) };
}

/** Inserts a text in which each line feed is Enter. The text after the first complete line is kept for later. */
export function paste(state: EditState, pasted: string, ports: EditorPorts): Step {
  const text = state.text === '' ? pasted.slice(Math.max(0, pasted.search(/[^\n]|$/))) : pasted; // empty lines do nothing
  const end = text.indexOf('\n');
  if (end < 0) return put(state, text);
  const first = put(state, text.slice(0, end));
  if (first.act) return first;
  const reader = ports.openRows();
  let open = first.state.text.split('\n').reduce((_, row) => Boolean(reader.add(row)), false);
  let next = end + 1;
  while (open) {
    const rowEnd = text.indexOf('\n', next);
    if (rowEnd < 0) return append(first.state, text.slice(end));
    open = Boolean(reader.add(text.slice(next, rowEnd)));
    next = rowEnd + 1;
  }
  const step = append(first.state, text.slice(end, next - 1));
  return step.act ? step : { ...step, act: 'line', rest: text.slice(next) };
}

/** Appends rows. */
const append = (state: EditState, text: string): Step => put(at(state, state.text.length), text);
