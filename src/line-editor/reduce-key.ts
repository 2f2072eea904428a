// The effect of each key: a state and a key give a new state, and possibly an action for the editor. Pure.

import { complete } from './complete.ts';
import { at, CHANGES, insert, KILLS, MOVES, yank, yankOlder } from './edits.ts';
import { goesOn, paste, put } from './paste.ts';
import { searchDropped, searchFor, searchForLess, searchOlder, walk } from './recall.ts';
import { rowEnd, rowStart } from './rows.ts';
import { type EditorPorts, type EditState, EMPTY, type Step } from './state.ts';

/**
 * A key by its name (`ctrl-a`, `alt-b`, `up`), or with its text: `insert` without line ends, `paste` with line feeds that end
 * rows. `too-long` is a paste that was dropped.
 */
export interface Key {
  readonly name: string;
  readonly text?: string;
}

type Press = (state: EditState, ports: EditorPorts) => Step;

/** A longer line has no hint, because searching for one would delay every key. */
const LONGEST_HINTED = 4096;

/** The hint, if the cursor is at the end of the line. */
export function hintOf(state: EditState, ports: EditorPorts): string {
  const { search, text, cursor } = state;
  return search || text === '' || cursor < text.length || text.length > LONGEST_HINTED ? '' : ports.hint(text);
}

const plain =
  (edit: (state: EditState) => EditState): Press =>
  (state) => ({ state: edit(state) });

/** At the end of the line, the key accepts the hint. */
const orHint =
  (move: (state: EditState) => EditState): Press =>
  (state, ports) => {
    const hint = hintOf(state, ports);
    return { state: hint === '' ? move(state) : insert(state, hint) };
  };

const history =
  (by: 1 | -1): Press =>
  (state, ports) => ({ state: walk(state, by, ports.history) });

/** Up and Down: move to another row of the line, or through the history. */
const vertical =
  (by: 1 | -1): Press =>
  (state, ports) => {
    const { text, cursor } = state;
    const start = rowStart(text, cursor);
    const end = rowEnd(text, cursor);
    if (state.walk || (by < 0 ? start === 0 : end === text.length)) return history(by)(state, ports);
    const other = by < 0 ? rowStart(text, start - 1) : end + 1;
    return { state: at(state, Math.min(other + cursor - start, rowEnd(text, other))) };
  };

const enter: Press = (state, ports) => {
  if (!goesOn(state.text, ports)) return { state, act: 'line' };
  return { state: insert(at(state, state.text.length), '\n') };
};

const interrupt = (state: EditState): Step => {
  const { kills } = state;
  if (state.text !== '' || state.search) return { state: { ...EMPTY, kills }, act: 'interrupt' };
  return state.last === 'leave' ? { state, act: 'leave' } : { state: { ...EMPTY, kills, last: 'leave' }, act: 'warn' };
};

const endOrDelete: Press = (state) => (state.text === '' ? { state, act: 'leave' } : { state: CHANGES.deleteAfter(state) });

const PRESSES = new Map<string, Press>([
  ['left', plain(MOVES.left)],
  ['ctrl-b', plain(MOVES.left)],
  ['right', orHint(MOVES.right)],
  ['ctrl-f', orHint(MOVES.right)],
  ['home', plain(MOVES.home)],
  ['ctrl-a', plain(MOVES.home)],
  ['end', orHint(MOVES.end)],
  ['ctrl-e', orHint(MOVES.end)],
  ['alt-b', plain(MOVES.wordLeft)],
  ['alt-left', plain(MOVES.wordLeft)],
  ['ctrl-left', plain(MOVES.wordLeft)],
  ['alt-f', plain(MOVES.wordRight)],
  ['alt-right', plain(MOVES.wordRight)],
  ['ctrl-right', plain(MOVES.wordRight)],
  ['backspace', plain(CHANGES.deleteBefore)],
  ['delete', plain(CHANGES.deleteAfter)],
  ['ctrl-d', endOrDelete],
  ['ctrl-t', plain(CHANGES.transpose)],
  ['ctrl-w', plain(KILLS.blankWordBefore)],
  ['alt-backspace', plain(KILLS.wordBefore)],
  ['alt-d', plain(KILLS.wordAfter)],
  ['ctrl-u', plain(KILLS.toStart)],
  ['ctrl-k', plain(KILLS.toEnd)],
  ['ctrl-y', plain(yank)],
  ['alt-y', plain(yankOlder)],
  ['up', vertical(-1)],
  ['down', vertical(1)],
  ['ctrl-p', history(-1)],
  ['ctrl-n', history(1)],
  ['ctrl-r', (state, ports) => ({ state: searchOlder(state, ports.history) })],
  ['tab', (state, ports) => ({ state: complete(state, ports) })],
  ['return', enter],
  ['ctrl-c', interrupt],
  ['ctrl-l', (state) => ({ state, act: 'clear' })],
  ['ctrl-z', (state) => ({ state, act: 'suspend' })],
  ['too-long', (state) => ({ state, act: 'full' })],
]);

/** Keys that the Ctrl-R search handles. All other keys accept the match. */
const SEARCHING = new Map<string, Press>([
  ['ctrl-r', (state, ports) => ({ state: searchOlder(state, ports.history) })],
  ['backspace', (state, ports) => ({ state: searchForLess(state, ports.history) })],
  ['ctrl-g', plain(searchDropped)],
  ['escape', plain(searchDropped)],
  ['ctrl-l', (state) => ({ state, act: 'clear' })],
]);

/** Applies a key to the state. A key without a meaning changes nothing. */
export function press(state: EditState, key: Key, ports: EditorPorts): Step {
  const { name, text = '' } = key;
  if (state.search) {
    if (name === 'insert' || name === 'paste') return { state: searchFor(state, text.split('\n', 1)[0] as string, ports.history) };
    const own = SEARCHING.get(name);
    return own ? own(state, ports) : name === 'ctrl-c' ? interrupt(state) : press({ ...state, search: undefined }, key, ports);
  }
  const step = name === 'insert' ? put(state, text) : name === 'paste' ? paste(state, text, ports) : PRESSES.get(name)?.(state, ports);
  if (!step) return { state };
  return name === 'tab' || step.state.list.length === 0 ? step : { ...step, state: { ...step.state, list: [] } };
}
