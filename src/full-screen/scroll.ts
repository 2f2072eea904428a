// Which part of a list is visible, and how keys move the cursor.

import type { KeyName } from './keys.ts';

export interface ScrollState {
  /** The index of the selected line. */
  readonly cursor: number;
  /** The index of the first visible line. */
  readonly top: number;
}

/** Lines that a turn of the mouse wheel moves. */
const WHEEL = 3;

/** The state after a key; undefined if the key does not move. `page`: the number of visible lines. */
export function moved({ cursor, top }: ScrollState, key: KeyName, count: number, page: number): ScrollState | undefined {
  const to = targetOf(key, cursor, count, page);
  return to === undefined ? undefined : visible({ cursor: to, top }, count, page);
}

function targetOf(key: KeyName, cursor: number, count: number, page: number): number | undefined {
  switch (key) {
    case 'up':
    case 'k':
      return cursor - 1;
    case 'down':
    case 'j':
      return cursor + 1;
    case 'page-up':
    case 'ctrl-b':
      return cursor - page;
    case 'page-down':
    case 'ctrl-f':
    case ' ':
      return cursor + page;
    case 'home':
    case 'g':
      return 0;
    case 'end':
    case 'G':
      return count - 1;
    case 'wheel-up':
      return cursor - WHEEL;
    case 'wheel-down':
      return cursor + WHEEL;
    default:
      return undefined;
  }
}

/** The state with the cursor inside the list and the visible part. */
export function visible({ cursor, top }: ScrollState, count: number, page: number): ScrollState {
  const at = Math.max(0, Math.min(cursor, count - 1));
  const first = Math.min(Math.max(0, at < top ? at : at >= top + page ? at - page + 1 : top), Math.max(0, count - page));
  return { cursor: at, top: first };
}
