// The lines of top for a size of the screen. Pure.

import { type Screen, tableLayout } from '../../output/table/table.ts';
import type { View } from '../../presenters/view.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { truncate, width } from '../../text/width.ts';
import type { List, Subject } from './rows.ts';
import type { TopState } from './state.ts';
import type { Total } from './totals.ts';

export interface Heading {
  /** The cluster: its address and its release. */
  readonly cluster: string;
  /** The age and the time of the last answer, or how long there has been none. */
  readonly status: string;
  /** Why there is no newer answer. Empty if there is. */
  readonly trouble: string;
}

export interface FrameInput {
  readonly state: TopState;
  readonly totals: readonly Total[];
  readonly list: List;
  /** The rows of the round before, to mark what changed. */
  readonly before: View | undefined;
  readonly heading: Heading;
  /** The lines of the page that covers the list. */
  readonly pageLines: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly screen: Screen;
}

/** Below this number of rows, the totals have two lines, and nothing is left empty. */
const ROOMY_ROWS = 20;
const MAX_TOTAL_LINES = 4;

export interface Frame {
  readonly lines: readonly string[];
  /** How many lines of the list, or of the page, are visible. */
  readonly page: number;
}

/** The whole screen. */
export function frameOf(input: FrameInput): Frame {
  const { state, totals, heading, columns, rows, screen } = input;
  const { paint } = screen;
  const top = [
    paint.strong(beside(`dmctl top  ${heading.cluster}`, heading.status, columns)),
    ...totalLines(totals, rows < ROOMY_ROWS ? 2 : MAX_TOTAL_LINES, screen, columns),
    ...(heading.trouble === '' ? [] : [paint.tone('bad', truncate(`✗ ${inOneLine(heading.trouble)}`, columns))]),
    ...(rows < ROOMY_ROWS ? [] : ['']),
  ];
  const bottom = truncate(bottomLine(input), columns);
  const room = Math.max(1, rows - top.length - 1);
  const { lines, page } = state.page ? pageBody(input, room) : listBody(input, room);
  const filled = [...lines, ...Array.from({ length: Math.max(0, room - lines.length) }, () => '')];
  return { lines: [...top, ...filled, bottom], page };
}

/** The totals, as many in a line as fit. */
function totalLines(totals: readonly Total[], most: number, { paint }: Screen, columns: number): string[] {
  const gap = '   ';
  const lines: { text: string; cells: number }[] = [];
  for (const { text, tone } of totals) {
    const safe = truncate(inOneLine(text), columns);
    const painted = paint.tone(tone, safe);
    const last = lines.at(-1);
    if (last && last.cells + gap.length + width(safe) <= columns) {
      last.text += gap + painted;
      last.cells += gap.length + width(safe);
    } else if (lines.length < most) lines.push({ text: painted, cells: width(safe) });
  }
  return lines.map((line) => line.text);
}

function listBody({ state, list, before, screen }: FrameInput, room: number): { lines: string[]; page: number } {
  const { view, problem } = list;
  const note = problem === '' ? [] : [screen.paint.tone('bad', inOneLine(problem))];
  const page = Math.max(1, room - 1 - note.length);
  if (view.rows.length === 0) return { lines: [...note, state.filter === '' ? 'no tasks' : 'no task matches the filter'], page };
  const layout = tableLayout(view, { ...screen, before });
  if (!layout) return { lines: [...note, 'the screen is too narrow'], page };
  const { cursor, top } = state.list;
  const shown = view.rows.slice(top, top + page);
  const lines = shown.map((row, i) => (top + i === cursor ? inverse(layout.line(row), screen.columns ?? 80) : layout.line(row)));
  return { lines: [...note, layout.head, ...lines], page };
}

function pageBody({ state, pageLines, screen }: FrameInput, room: number): { lines: string[]; page: number } {
  const top = state.page?.scroll.top ?? 0;
  const lines = pageLines.slice(top, top + room);
  const below = pageLines.length - top - lines.length;
  if (below <= 0) return { lines, page: room };
  return { lines: [...lines.slice(0, -1), screen.paint.dim(`… ${below + 1} more lines below`)], page: room };
}

/** A line as wide as the screen in reverse, which needs no color. */
function inverse(line: string, columns: number): string {
  return `\u001b[7m${line}${' '.repeat(Math.max(0, columns - width(line)))}\u001b[27m`;
}

function bottomLine({ state, list, screen }: FrameInput): string {
  const { paint } = screen;
  if (state.typing !== undefined) return `/${inOneLine(state.typing)}█  ${paint.dim('Enter keeps the filter, Esc removes it')}`;
  if (state.message !== '') return inOneLine(state.message);
  const subject = list.subjects[state.list.cursor];
  if (state.page) return paint.dim(state.page.kind === 'help' ? 'Esc back  q quit' : `Esc back  ${actionHints(subject)}  q quit`);
  const place = list.subjects.length > 0 ? `${state.list.cursor + 1}/${list.subjects.length}  ` : '';
  const filter = state.filter === '' ? '/ filter' : `/ ${inOneLine(state.filter)}`;
  return paint.dim(`${place}? help  q quit  ${actionHints(subject)}  ${filter}  s sort: ${state.order}  → sub tasks  Enter details`);
}

/** The keys of the likely next actions, the most useful first. */
export function actionHints(subject: Subject | undefined): string {
  if (!subject) return '';
  const has = (test: (s: Subject['subTasks'][number]) => boolean): boolean => subject.subTasks.some(test);
  const keys = [
    ...(has((s) => s.reason.includes('DDL lock') || s.lock !== '') ? ['u unlock'] : []),
    ...(has((s) => s.errors.length > 0) ? ['e explain', 'r resume', 'n skip'] : has((s) => s.stage === 'Paused') ? ['r resume'] : []),
    ...(has((s) => s.stage === 'Running') ? ['p pause'] : []),
    'x stop',
  ];
  return keys.join('  ');
}

/** Two texts at both ends of a line. The right one is kept if space is short. */
function beside(left: string, right: string, columns: number): string {
  const room = columns - width(right) - 2;
  if (room < 8) return truncate(right, columns);
  const short = truncate(inOneLine(left), room);
  return `${short}${' '.repeat(Math.max(0, room - width(short)) + 2)}${right}`;
}

/** The page of `?`. */
export const HELP_LINES: readonly string[] = [
  'Move    ↑ ↓ j k, PgUp PgDn, Home End, mouse wheel',
  'Look    Enter, e  details, the explained error',
  '        → +  show sub tasks   ← -  hide them   a  all',
  'Filter  /  a part of a name, worker, source or error,',
  '           or terms such as state=broken,lag>60s',
  'Sort    s  by state (problems first), by name, by lag',
  'Act     p pause   r resume   x stop',
  '        n skip the failed event   u unlock the DDL lock',
  '        for the whole task, or for one of its sub tasks.',
  '        Each shows its command line and asks first.',
  'Screen  Ctrl-L redraws, Ctrl-Z suspends',
  'Leave   q, Esc or Ctrl-C',
  '',
  '✗ an error stopped it   ! it waits for help',
  '= a user paused it   ▸ it runs   ✓ it has finished',
  'Underlined values have changed since the last round.',
];
