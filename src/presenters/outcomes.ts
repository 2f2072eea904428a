// The table of a command's results: one row per worker, failures first.

import { count } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import type { Column, Row, View } from './view.ts';

export interface WorkerResult {
  /** The name for the row. Empty if the answer names no worker. */
  readonly worker: string;
  /** For a source: the worker that it is bound to. */
  readonly boundTo?: string;
  readonly ok: boolean;
  /** DM's message. */
  readonly text: string;
}

/** The results of one of many calls. A failed answer, or one without workers, also has a result for the whole call. */
export function resultsOrWhole(ok: boolean, text: string, outcomes: readonly WorkerResult[]): readonly WorkerResult[] {
  const whole = { worker: '', ok, text: text || (ok ? '' : 'the DM-master rejected the request without a reason') };
  return ok && outcomes.length > 0 ? outcomes : [whole, ...outcomes];
}

/** The view of an answer: the overall result and message, and the results by worker. */
export function resultsView(ok: boolean, text: string, outcomes: readonly WorkerResult[], title = 'WORKER', one = 'worker'): View {
  const bound = outcomes.some((o) => o.boundTo);
  const columns: readonly Column[] = [
    { title },
    ...(bound ? [{ title: 'WORKER', rank: 1 }] : []),
    { title: 'RESULT' },
    { title: 'MESSAGE', cut: true },
  ];
  const failed = outcomes.filter((o) => !o.ok);
  const rows = [...failed, ...outcomes.filter((o) => o.ok)].map((o) => row(o, bound));
  const notes: View['notes'] = [
    ...(ok
      ? text === ''
        ? []
        : [{ tone: 'good' as const, line: text }]
      : [errorNote('DM-master', text || 'it rejected the request without a reason')]),
    ...failed
      .filter((o) => o.text !== '')
      .map((o) => errorNote(o.worker || 'the worker', o.text, { known: { worker: o.worker || undefined } })),
  ];
  return { columns, rows, notes, footer: footerOf(ok, outcomes.length, failed.length, one) };
}

function row({ worker, boundTo = '', ok, text }: WorkerResult, bound: boolean): Row {
  return {
    key: worker,
    name: ok ? worker : '', // names are for another command: only those with success
    cells: [
      worker || '-',
      ...(bound ? [boundTo] : []),
      ok ? { text: 'done', tone: 'good' } : { text: 'failed', tone: 'bad' },
      ok ? text : text === '' ? '' : errorClass(text),
    ],
  };
}

function footerOf(ok: boolean, all: number, failed: number, one: string): string {
  if (all === 0) return ok ? '' : 'failed';
  if (failed === 0) return ok ? `done on ${count(all, one)}` : `failed, although ${count(all, one)} reported success`;
  return `failed on ${failed} of ${count(all, one)}`;
}
