// The progress of a wait in one line that fits.

import { formatGap, readPosition } from '../../domain/binlog-position.ts';
import type { Progress } from '../../domain/wait-evaluator.ts';
import { formatBytes, formatDuration } from '../../text/quantity.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { truncate, width } from '../../text/width.ts';

/** The parts of the line. The highest ranks are dropped first if space is short. */
interface Piece {
  readonly text: string;
  readonly rank: number;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const GAP = '  ';
const WIDE = 100;

/** The line: the condition, what is missing, the progress, and the elapsed time in seconds. */
export function progressLine(
  { title, missing, progress, seconds, frame }: { title: string; missing: string; progress?: Progress; seconds: number; frame: number },
  columns: number,
): string {
  const shown: Piece[] = [
    { text: `${FRAMES[frame % FRAMES.length]} ${inOneLine(title)}`, rank: 0 },
    ...(progress ? piecesOf(progress, columns >= WIDE ? 20 : 10) : []),
    { text: inOneLine(missing), rank: progress?.kind === 'load' ? 6 : 1 },
    { text: formatDuration(seconds), rank: 4 },
  ].filter((p) => p.text !== '');
  const line = (): string => shown.map((p) => p.text).join(GAP);
  while (width(line()) > columns && shown.length > 1) {
    const worst = shown.reduce((a, b) => (b.rank >= a.rank ? b : a));
    if (worst.rank < 2) break;
    shown.splice(shown.indexOf(worst), 1);
  }
  return truncate(line(), columns);
}

function piecesOf(progress: Progress, cells: number): Piece[] {
  const rate = (progress.rate ?? 0) >= 0.5 ? `${formatBytes(progress.rate as number)}/s` : '';
  const left = progress.left === undefined ? '' : `${formatDuration(progress.left)} left`;
  const end = [
    { text: rate, rank: 5 },
    { text: left, rank: 3 },
  ];
  if (progress.kind === 'load') {
    const { done, total } = progress;
    if (total === 0) return [{ text: 'load', rank: 1 }, ...end];
    const share = Math.min(1, done / total);
    return [
      { text: `${bar(share, cells)} ${(100 * share).toFixed(1)}%`, rank: 1 },
      { text: `${formatBytes(done)} of ${formatBytes(total)}`, rank: 5 },
      ...end,
    ];
  }
  const gap = formatGap(progress.behind);
  return [
    { text: progress.share === undefined ? '' : bar(progress.share, cells), rank: 6 },
    { text: `${place(progress.at)} of ${place(progress.master)}`, rank: 7 },
    { text: gap === '0' ? '' : `${gap} behind`, rank: 2 },
    ...end,
  ];
}

function bar(share: number, cells: number): string {
  const full = Math.round(share * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
}

/** A position in its shortest form: the number of the file and the offset. */
function place(text: string): string {
  const read = readPosition(text);
  return read ? `${String(read.file).padStart(6, '0')}:${read.offset}` : '?';
}
