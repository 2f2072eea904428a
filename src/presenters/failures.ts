// The table of query-error: one row per sub task with an error.

import { count } from '../text/quantity.ts';
import { errorLine, errorNote } from './error-note.ts';
import type { Column, View } from './view.ts';

export interface Failure {
  readonly task: string;
  readonly worker: string;
  readonly stage: string;
  readonly unit: string;
  readonly text: string;
  /** The binlog position in the form of sql-skip. Empty if DM does not report it. */
  readonly position: string;
  readonly statement: string;
}

const COLUMNS: readonly Column[] = [
  { title: 'TASK', cut: true },
  { title: 'WORKER', rank: 1 },
  { title: 'STAGE' },
  { title: 'UNIT', rank: 3 },
  { title: 'POSITION', rank: 2 },
  { title: 'STATEMENT', rank: 4, cut: true },
  { title: 'ERROR', cut: true },
];

/** The view. `others` are workers that did not answer, and relays, with their texts. */
export function failuresView(refused: string, failures: readonly Failure[], others: readonly { who: string; text: string }[]): View {
  const notes: View['notes'] = [
    ...(refused ? [errorNote('DM-master', refused)] : []),
    ...failures.map((f) => {
      const more = [
        { label: 'position', text: f.position },
        { label: 'statement', text: f.statement },
      ].filter((d) => d.text !== '');
      return errorNote(`${f.task} on ${f.worker}`, f.text, { more, known: { task: f.task, worker: f.worker, position: f.position } });
    }),
    ...others.map(({ who, text }) => errorNote(who, text)),
  ];
  return {
    columns: COLUMNS,
    rows: failures.map((f) => ({
      key: `${f.task}\n${f.worker}\n${f.position}`,
      name: f.task,
      cells: [f.task, f.worker, { text: f.stage, tone: 'bad' }, f.unit, f.position, f.statement, errorLine(f.text)],
    })),
    notes,
    footer: refused
      ? ''
      : failures.length === 0
        ? `query-error reports no error${others.length > 0 ? ` of a sub task` : ''}. Some errors appear only in query-status`
        : count(failures.length, 'error'),
  };
}
