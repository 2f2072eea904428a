// The comparison of a task file with the running task: what is the same, what differs, and what is not reported.

import { count } from '../text/quantity.ts';
import type { Cell, View } from './view.ts';

/** open: the cluster does not report enough to decide. */
export type ComparisonResult = 'same' | 'differs' | 'open';

export interface ComparedItem {
  /** The subject, such as "source mysql-replica-01". */
  readonly what: string;
  /** The value in the file. Empty for none. */
  readonly file: string;
  /** The value in the cluster. Empty for none. */
  readonly cluster: string;
  readonly verdict: ComparisonResult;
}

export interface Comparison {
  readonly task: string;
  readonly compared: readonly ComparedItem[];
  /** The parts of a configuration that this generation of DM does not report. Empty if it reports all. */
  readonly notReported: string;
}

const RESULT_CELLS: Readonly<Record<ComparisonResult, Cell>> = {
  differs: { text: 'differs', tone: 'bad' },
  open: { text: 'not reported', tone: 'none' },
  same: { text: 'same', tone: 'good' },
};

export const differs = ({ compared }: Comparison): boolean => compared.some((c) => c.verdict === 'differs');

/** Values that a table may cut, in characters. */
const LONG = 40;
const isLong = ({ file, cluster }: ComparedItem): boolean => Math.max(file.length, cluster.length) > LONG;

const wholeValues = ({ what, file, cluster }: ComparedItem): NonNullable<View['notes']>[number] => ({
  tone: 'bad',
  line: what,
  details: [
    { label: 'file', text: file || '-' },
    { label: 'cluster', text: cluster || '-' },
  ],
});

/** The view, in the order of the comparison. */
export function comparisonView(comparison: Comparison): View {
  const { task, compared, notReported } = comparison;
  const differences = compared.filter((c) => c.verdict === 'differs').length;
  return {
    columns: [{ title: 'WHAT' }, { title: 'RESULT' }, { title: 'FILE', rank: 2, cut: true }, { title: 'CLUSTER', rank: 1, cut: true }],
    rows: compared.map(({ what, file, cluster, verdict }) => ({
      key: what,
      name: what,
      cells: [what, RESULT_CELLS[verdict], file || '-', cluster || '-'],
    })),
    notes: [
      ...compared.filter((c) => c.verdict === 'differs' && isLong(c)).map(wholeValues),
      ...(notReported === '' ? [] : [{ tone: 'warn' as const, line: notReported }]),
    ],
    footer: `task ${task}: ${differences === 0 ? 'no difference' : count(differences, 'difference')}${notReported === '' ? '' : ' in what DM reports'}`,
  };
}
