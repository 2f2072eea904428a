// Moves in the text, changes it, and keeps the ring of killed texts. Pure functions.

import { after, before, ceiling } from './graphemes.ts';
import { rowEnd, rowStart } from './rows.ts';
import type { EditState } from './state.ts';
import { letters, notBlank, wordEnd, wordStart } from './words.ts';

type Edit = (state: EditState) => EditState;

const KILLS_KEPT = 60;

/** Moves the cursor. The effect of the previous key no longer matters. */
export const at = (state: EditState, cursor: number): EditState => ({ ...state, cursor, last: undefined });

/** Replaces a part of the line by a text and moves the cursor behind it. */
export function replace(state: EditState, from: number, to: number, by: string): EditState {
  const text = state.text.slice(0, from) + by + state.text.slice(to);
  return { ...state, text, cursor: ceiling(text, from + by.length), walk: undefined, last: undefined };
}

export const insert = (state: EditState, text: string): EditState => replace(state, state.cursor, state.cursor, text);

export const MOVES = {
  left: (s) => at(s, before(s.text, s.cursor)),
  right: (s) => at(s, after(s.text, s.cursor)),
  home: (s) => at(s, rowStart(s.text, s.cursor)),
  end: (s) => at(s, rowEnd(s.text, s.cursor)),
  wordLeft: (s) => at(s, wordStart(s.text, s.cursor, letters)),
  wordRight: (s) => at(s, wordEnd(s.text, s.cursor, letters)),
} satisfies Record<string, Edit>;

/** Kills a part of the line. Parts that are killed in succession are joined. */
function kill(state: EditState, from: number, to: number): EditState {
  if (from === to) return state;
  const killed = state.text.slice(from, to);
  const newest = state.last === 'kill' ? state.kills.at(-1) : undefined;
  const whole = newest === undefined ? killed : from < state.cursor ? killed + newest : newest + killed;
  const kept = newest === undefined ? state.kills : state.kills.slice(0, -1);
  return { ...replace(state, from, to, ''), kills: [...kept, whole].slice(-KILLS_KEPT), last: 'kill' };
}

export const KILLS = {
  wordBefore: (s) => kill(s, wordStart(s.text, s.cursor, letters), s.cursor),
  blankWordBefore: (s) => kill(s, wordStart(s.text, s.cursor, notBlank), s.cursor),
  wordAfter: (s) => kill(s, s.cursor, wordEnd(s.text, s.cursor, letters)),
  toStart: (s) => kill(s, rowStart(s.text, s.cursor), s.cursor),
  toEnd: (s) => {
    const end = rowEnd(s.text, s.cursor);
    return kill(s, s.cursor, end === s.cursor ? after(s.text, end) : end);
  },
} satisfies Record<string, Edit>;

export const CHANGES = {
  deleteBefore: (s) => replace(s, before(s.text, s.cursor), s.cursor, ''),
  deleteAfter: (s) => replace(s, s.cursor, after(s.text, s.cursor), ''),
  transpose: (s) => {
    const end = s.cursor === rowEnd(s.text, s.cursor) ? s.cursor : after(s.text, s.cursor);
    const middle = before(s.text, end);
    const start = before(s.text, middle);
    if (start === middle || start < rowStart(s.text, end) || middle < rowStart(s.text, end)) return s;
    return replace(s, start, end, s.text.slice(middle, end) + s.text.slice(start, middle));
  },
} satisfies Record<string, Edit>;

/** Inserts the newest killed text. */
export function yank(state: EditState): EditState {
  const kill = state.kills.length - 1;
  const text = state.kills[kill];
  if (text === undefined) return state;
  return { ...insert(state, text), last: 'yank', yank: { from: state.cursor, kill } };
}

/** After a yank: replaces the text by the killed text before it. */
export function yankOlder(state: EditState): EditState {
  const { last, yank: done, kills } = state;
  if (last !== 'yank' || !done) return state;
  const kill = (done.kill + kills.length - 1) % kills.length;
  return { ...replace(state, done.from, state.cursor, kills[kill] ?? ''), last: 'yank', yank: { from: done.from, kill } };
}
