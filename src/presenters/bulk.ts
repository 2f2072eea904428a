// The table of a bulk operation: one row per task and worker, failures first.

import { count } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import type { WorkerResult } from './outcomes.ts';
import type { Cell, Column, LazyNote, Note, Row, View } from './view.ts';

/** The result of a task's call. unknown: it was sent, but no answer was received. */
export type CallStatus = 'failed' | 'unknown' | 'not sent' | 'done';

export interface TaskResult {
  readonly task: string;
  readonly status: CallStatus;
  /** The workers that it was sent for. Empty for the whole task. */
  readonly workers: readonly string[];
  /** The results in the answer by worker. One overall result if the answer names no worker. */
  readonly results: readonly WorkerResult[];
}

const COLUMNS: readonly Column[] = [
  { title: 'TASK' },
  { title: 'WORKER', rank: 1 },
  { title: 'RESULT' },
  { title: 'MESSAGE', rank: 2, cut: true }, // also in the notes
];

/** In display order. */
const STATUS_CELLS: Readonly<Record<CallStatus, Cell>> = {
  failed: { text: 'failed', tone: 'bad' },
  unknown: { text: 'unknown', tone: 'warn' },
  'not sent': { text: 'not sent', tone: 'held' },
  done: { text: 'done', tone: 'good' },
};
const ORDER = Object.keys(STATUS_CELLS) as CallStatus[];

interface Line {
  readonly task: string;
  readonly who: string;
  readonly status: CallStatus;
  readonly text: string;
}

/** The view. `nothing` is the text if there was no task. */
export function bulkView(all: readonly TaskResult[], nothing: string): View {
  const lines = all.flatMap(linesOf);
  const sorted = ORDER.flatMap((fate) => lines.filter((l) => l.status === fate));
  return {
    columns: COLUMNS,
    rows: sorted.map(row),
    notes: [...sorted.filter((l) => l.status === 'failed' && l.text !== '').map(note), ...unknownNote(all)],
    footer: all.length === 0 ? nothing : footerOf(all),
  };
}

function linesOf({ task, status, workers, results }: TaskResult): Line[] {
  if (status === 'unknown' || status === 'not sent') return [{ task, who: workers.join(' '), status, text: '' }];
  if (results.length === 0) return [{ task, who: workers.join(' '), status, text: '' }];
  return results.map(({ worker, ok, text }) => ({ task, who: worker || workers.join(' '), status: ok ? 'done' : 'failed', text }));
}

function row({ task, who, status, text }: Line): Row {
  const short = status === 'failed' && text.includes('[code=') ? errorClass(text) : text;
  return { key: `${task}\n${who}`, name: task, cells: [task, who, STATUS_CELLS[status], short] };
}

const note = ({ task, who, text }: Line): LazyNote =>
  errorNote(who ? `${task} on ${who}` : task, text, { known: { task, worker: who || undefined } });

function unknownNote(all: readonly TaskResult[]): Note[] {
  const tasks = all.filter((o) => o.status === 'unknown').map((o) => o.task);
  if (tasks.length === 0) return [];
  const what =
    tasks.length === 1
      ? `the request for ${tasks[0]} was sent, but its answer was not received`
      : `${tasks.length} requests were sent, but their answers were not received`;
  return [{ tone: 'warn', line: `${what}. Check with query-status` }];
}

/** "3 tasks: 1 failed, 2 done". */
function footerOf(all: readonly TaskResult[]): string {
  const counts = ORDER.map((fate) => [fate, all.filter((o) => o.status === fate).length] as const).filter(([, n]) => n > 0);
  return `${count(all.length, 'task')}: ${counts.map(([fate, n]) => `${n} ${fate}`).join(', ')}`;
}
