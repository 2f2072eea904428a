// The table of what was done to many tasks: a row a task and worker, failures first.

import { errorClass, errorNote } from './error-note.ts';
import type { Outcome } from './outcomes.ts';
import { type Cell, type Column, count, type Note, type Row, type View } from './shape.ts';

/** What became of the call of a task. unknown: it was sent, and nobody waited for its answer. */
export type Fate = 'failed' | 'unknown' | 'not sent' | 'done';

export interface TaskOutcome {
  readonly task: string;
  readonly fate: Fate;
  /** The workers that it was sent for; none for all of the task. */
  readonly workers: readonly string[];
  /** What the answer says, by worker; of the whole where it names none. */
  readonly outcomes: readonly Outcome[];
}

const COLUMNS: readonly Column[] = [
  { title: 'TASK' },
  { title: 'WORKER', rank: 1 },
  { title: 'RESULT' },
  { title: 'MESSAGE', rank: 2, cut: true }, // the notes have it, too
];

/** In the order in which they are shown. */
const FATES: Readonly<Record<Fate, Cell>> = {
  failed: { text: 'failed', tone: 'bad' },
  unknown: { text: 'unknown', tone: 'warn' },
  'not sent': { text: 'not sent', tone: 'held' },
  done: { text: 'done', tone: 'good' },
};
const ORDER = Object.keys(FATES) as Fate[];

interface Line {
  readonly task: string;
  readonly who: string;
  readonly fate: Fate;
  readonly text: string;
}

/** The view; `nothing` is said where there was no task. */
export function manyView(all: readonly TaskOutcome[], nothing: string): View {
  const lines = all.flatMap(linesOf);
  const sorted = ORDER.flatMap((fate) => lines.filter((l) => l.fate === fate));
  return {
    columns: COLUMNS,
    rows: sorted.map(row),
    notes: [...sorted.filter((l) => l.fate === 'failed' && l.text !== '').map(note), ...unknownNote(all)],
    footer: all.length === 0 ? nothing : footerOf(all),
  };
}

function linesOf({ task, fate, workers, outcomes }: TaskOutcome): Line[] {
  if (fate === 'unknown' || fate === 'not sent') return [{ task, who: workers.join(' '), fate, text: '' }];
  if (outcomes.length === 0) return [{ task, who: workers.join(' '), fate, text: '' }];
  return outcomes.map(({ who, ok, text }) => ({ task, who: who || workers.join(' '), fate: ok ? 'done' : 'failed', text }));
}

function row({ task, who, fate, text }: Line): Row {
  const short = fate === 'failed' && text.includes('[code=') ? errorClass(text) : text;
  return { key: `${task}\n${who}`, name: task, cells: [task, who, FATES[fate], short] };
}

const note = ({ task, who, text }: Line): (() => Note) =>
  errorNote(who ? `${task} on ${who}` : task, text, { known: { task, worker: who || undefined } });

function unknownNote(all: readonly TaskOutcome[]): Note[] {
  const tasks = all.filter((o) => o.fate === 'unknown').map((o) => o.task);
  if (tasks.length === 0) return [];
  const what =
    tasks.length === 1
      ? `${tasks[0]} was sent and its answer not waited for`
      : `${tasks.length} were sent and their answers not waited for`;
  return [{ tone: 'warn', line: `${what}; query-status tells how things stand` }];
}

/** "3 tasks: 1 failed, 2 done". */
function footerOf(all: readonly TaskOutcome[]): string {
  const counts = ORDER.map((fate) => [fate, all.filter((o) => o.fate === fate).length] as const).filter(([, n]) => n > 0);
  return `${count(all.length, 'task')}: ${counts.map(([fate, n]) => `${n} ${fate}`).join(', ')}`;
}
