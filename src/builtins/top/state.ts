// What top shows and how keys change it. Pure.

import type { TaskAction } from '../../command/spec.ts';
import type { KeyName } from '../../full-screen/keys.ts';
import { moved, type ScrollState, visible } from '../../full-screen/scroll.ts';
import { ORDERS, type Order, type Subject } from './rows.ts';

export interface TopState {
  readonly list: ScrollState;
  /** The key of the selected row, so that it stays selected when rows move. */
  readonly selected: string;
  readonly open: ReadonlySet<string>;
  readonly order: Order;
  readonly filter: string;
  /** The filter while it is being typed. */
  readonly typing: string | undefined;
  /** What covers the list. */
  readonly page: { readonly kind: 'details' | 'help'; readonly scroll: ScrollState } | undefined;
  /** The last line about what was done. */
  readonly message: string;
}

export const START: TopState = {
  list: { cursor: 0, top: 0 },
  selected: '',
  open: new Set(),
  order: 'state',
  filter: '',
  typing: undefined,
  page: undefined,
  message: '',
};

/** What a key asks the program to do. */
export type Effect = 'quit' | 'interrupt' | 'suspend' | 'repaint' | 'abort' | { readonly action: TaskAction; readonly subject: Subject };

/** What is on the screen when a key is pressed. */
export interface Shown {
  readonly subjects: readonly Subject[];
  /** The number of lines of the list, or of the page that covers it. */
  readonly page: number;
  /** The number of lines of that page; 0 without one. */
  readonly lines: number;
}

export interface Step {
  readonly state: TopState;
  readonly effect?: Effect | undefined;
}

/** The keys of the program, in the list and on a page. */
const ALWAYS: Readonly<Record<KeyName, Effect>> = {
  'ctrl-c': 'interrupt',
  'ctrl-z': 'suspend',
  'ctrl-l': 'repaint',
  'ctrl-\\': 'abort',
};

/** The keys of the commands. */
export const ACTION_KEYS: Readonly<Record<KeyName, TaskAction>> = { p: 'pause', r: 'resume', x: 'stop', n: 'skip', u: 'unlock' };

/** The state after a key. */
export function press(state: TopState, key: KeyName, shown: Shown): Step {
  const always = ALWAYS[key];
  if (always) return { state, effect: always };
  if (state.typing !== undefined) return { state: typed(state, state.typing, key) };
  if (state.page) return pressOnPage(state, state.page, key, shown);
  return pressOnList({ ...state, message: '' }, key, shown);
}

function typed(state: TopState, typing: string, key: KeyName): TopState {
  if (key === 'enter') return { ...state, typing: undefined };
  if (key === 'escape') return { ...state, typing: undefined, filter: '' };
  const text = key === 'backspace' ? [...typing].slice(0, -1).join('') : key === 'ctrl-u' ? '' : isText(key) ? typing + key : typing;
  return { ...state, typing: text, filter: text };
}

/** Whether a key is a character that was typed. */
const isText = (key: KeyName): boolean => [...key].length === 1;

function pressOnPage(state: TopState, page: NonNullable<TopState['page']>, key: KeyName, { lines, page: room, subjects }: Shown): Step {
  if (key === 'q') return { state, effect: 'quit' };
  if (key === 'escape' || key === 'enter' || key === 'left' || (key === '?' && page.kind === 'help'))
    return { state: { ...state, page: undefined } };
  const action = ACTION_KEYS[key];
  const subject = subjects[state.list.cursor];
  if (page.kind === 'details' && action && subject) return { state, effect: { action, subject } };
  return { state: { ...state, page: { ...page, scroll: scrolled(page.scroll, key, lines, room) } } };
}

/** A page has no cursor: keys move its first line. */
function scrolled({ top }: ScrollState, key: KeyName, lines: number, room: number): ScrollState {
  const last = Math.max(0, lines - room);
  const to = moved({ cursor: top, top }, key, lines, room)?.cursor ?? top;
  const first = Math.min(Math.max(0, to), last);
  return { cursor: first, top: first };
}

function pressOnList(state: TopState, key: KeyName, { subjects, page }: Shown): Step {
  const list = moved(state.list, key, subjects.length, page);
  if (list) return { state: select(state, list, subjects) };
  const subject = subjects[state.list.cursor];
  const action = ACTION_KEYS[key];
  if (action && subject) return { state, effect: { action, subject } };
  switch (key) {
    case 'q':
    case 'escape':
      return { state, effect: 'quit' };
    case '/':
      return { state: { ...state, typing: state.filter } };
    case '?':
      return { state: { ...state, page: { kind: 'help', scroll: START.list } } };
    case 's':
      return { state: { ...state, order: ORDERS[(ORDERS.indexOf(state.order) + 1) % ORDERS.length] ?? 'state' } };
    case 'right':
    case '+':
    case 'left':
    case '-':
      return { state: subject ? fold(state, subject, key === 'right' || key === '+') : state };
    case 'a':
      return { state: { ...state, open: state.open.size > 0 ? new Set() : new Set(subjects.map((s) => s.task)) } };
    case 'enter':
    case 'e':
      return { state: subject ? { ...state, page: { kind: 'details', scroll: START.list } } : state };
    default:
      return { state };
  }
}

/** Shows or hides the sub tasks of a task. The row of the task stays selected. */
function fold(state: TopState, { task }: Subject, shows: boolean): TopState {
  const open = new Set(state.open);
  if (shows) open.add(task);
  else open.delete(task);
  return { ...state, open, selected: shows ? state.selected : task };
}

function select(state: TopState, list: ScrollState, subjects: readonly Subject[]): TopState {
  return { ...state, list, selected: subjects[list.cursor]?.key ?? '' };
}

/** The state for other rows, or another size of the screen: the selected row stays selected if it still exists. */
export function follow(state: TopState, subjects: readonly Subject[], page: number): TopState {
  const at = subjects.findIndex((s) => s.key === state.selected);
  const cursor = at >= 0 ? at : state.list.cursor;
  return select(state, visible({ cursor, top: state.list.top }, subjects.length, page), subjects);
}
