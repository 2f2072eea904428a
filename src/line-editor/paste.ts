// Pasted texts. The rows of a paste are read once, however many they are. Pure functions.

import { at, insert } from './edits.ts';
import { type EditorPorts, type EditState, LONGEST, type Step } from './state.ts';

/** Whether the line goes on after the last of its rows. */
export function goesOn(text: string, ports: EditorPorts): boolean {
  const rows = ports.openRows();
  return text.split('\n').reduce((_, row) => Boolean(rows.add(row)), false);
}

/** Puts a text without ends of rows. */
export function put(state: EditState, text: string): Step {
  return state.text.length + text.length > LONGEST ? { state, act: 'full' } : { state: insert(state, text) };
}

/** Puts a text; each line feed in it is Enter. What follows the first line that is complete is left. */
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

/** Puts rows at the end. */
const append = (state: EditState, text: string): Step => put(at(state, state.text.length), text);
