// Recalls lines of the history: Up and Down find lines that start with the typed text, Ctrl-R searches. Pure functions.

import { before as graphemeBefore } from './graphemes.ts';
import type { EditorPorts, EditState, Search } from './state.ts';

type History = EditorPorts['history'];

/** The next entry in a direction (-1 is older) that starts with the typed text and differs from the one shown. */
export function walk(before: EditState, by: 1 | -1, history: History): EditState {
  const state: EditState = { ...before, last: undefined };
  const from = state.walk ?? { prefix: state.text.slice(0, state.cursor), at: history.length, text: state.text, cursor: state.cursor };
  for (let at = from.at + by; at >= 0 && at < history.length; at += by) {
    const text = history[at] as string;
    if (text.startsWith(from.prefix) && text !== state.text) return { ...state, text, cursor: text.length, walk: { ...from, at } };
  }
  return by > 0 && state.walk ? { ...state, text: from.text, cursor: from.cursor, walk: undefined } : state;
}

/** Starts a search, or moves to an older match. */
export function searchOlder(state: EditState, history: History): EditState {
  const { search } = state;
  if (!search) {
    const { text, cursor } = state;
    return { ...state, last: undefined, walk: undefined, search: { pattern: '', at: history.length, found: true, text, cursor } };
  }
  return search.pattern === '' ? state : look(state, search, search.at - 1, history);
}

/** Adds to the pattern. */
export function searchFor(state: EditState, more: string, history: History): EditState {
  const search = state.search as Search;
  return look(state, { ...search, pattern: search.pattern + more }, search.at, history);
}

/** Shortens the pattern and searches again from the newest entry. */
export function searchForLess(state: EditState, history: History): EditState {
  const search = state.search as Search;
  const pattern = search.pattern.slice(0, graphemeBefore(search.pattern, search.pattern.length));
  const { text, cursor } = search;
  const begun = { ...state, text, cursor, search: { ...search, pattern, at: history.length, found: true } };
  return pattern === '' ? begun : look(begun, begun.search, history.length, history);
}

function look(state: EditState, search: Search, from: number, history: History): EditState {
  for (let at = Math.min(from, history.length - 1); at >= 0; at -= 1) {
    const text = history[at] as string;
    const cursor = text.indexOf(search.pattern);
    if (cursor >= 0 && (text !== state.text || at === search.at)) {
      return { ...state, text, cursor, search: { ...search, at, found: true } };
    }
  }
  return { ...state, search: { ...search, found: false } };
}

/** Leaves the search and restores the line. */
export function searchDropped(state: EditState): EditState {
  const { text, cursor } = state.search as Search;
  return { ...state, text, cursor, search: undefined };
}
