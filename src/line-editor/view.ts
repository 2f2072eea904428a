// Lays out an editor state for the terminal.

import { columnsOf } from './complete.ts';
import { type Layout, layOut, type Prompts, row } from './layout.ts';
import { hintOf } from './reduce-key.ts';
import type { EditorPorts, EditState } from './state.ts';

/** A narrower terminal is treated as if it had this many columns. */
export const MIN_COLUMNS = 8;

/** The layout of the line with its prompts and the gray hint, without the list under it. */
export function lineView(state: EditState, prompts: Prompts, ports: EditorPorts | undefined, columns: number): Layout {
  const { search, text, cursor } = state;
  if (!search) return layOut(prompts, text, cursor, ports ? hintOf(state, ports) : '', columns);
  const before = `(search${search.found ? '' : ', no older match'}: ${search.pattern}) `;
  return layOut(prompts, before + text, before.length + cursor, '', columns);
}

/** The rows under the line. */
export function listRows(state: EditState, columns: number, height: number): Layout['rows'] {
  if (state.list.length === 0 || height < 2) return [];
  return columnsOf(state.list, columns, height).map(row);
}
