// Decides whether a checkpoint proves that everything in the upstream's binlog up to a mark was executed in the target. The
// mark is the upstream's position when the wait started. Why this is sound: docs/watch-and-wait.md.

import { formatGap, type PositionGap, positionGap, readPosition } from './binlog-position.ts';
import type { Relay, SubTask } from './cluster.ts';

export type Reach =
  /** The checkpoint has reached the mark. */
  | { readonly kind: 'passed' }
  /** Only the checkpoint is behind. The gap is undefined if the positions cannot be compared. */
  | { readonly kind: 'behind'; readonly gap: PositionGap | undefined }
  /** Something else is missing. */
  | { readonly kind: 'waits'; readonly lack: string }
  /** Checkpoints can no longer be compared with the mark. */
  | { readonly kind: 'lost'; readonly why: string };

interface Mark {
  /** The upstream's position, as DM writes it. */
  readonly position: string;
  /** The sub-directory of the relay log at that time. Empty if there is none. */
  readonly subDir: string;
}

/** Keeps the mark of each worker, from the first answer that contains one. */
export interface Marks {
  /** Records the upstream's position. Must be called with every answer, from the first one on. */
  note(subTask: SubTask, relay: Relay | undefined): void;
  /** The progress of a sub task that runs in Sync without an error, a lock or an open sharding group. */
  reach(subTask: SubTask, relay: Relay | undefined): Reach;
}

export function openMarks(): Marks {
  const marks = new Map<string, Mark>();
  return {
    note: ({ target, sync }, relay) => {
      const position = [sync?.master, relay?.master].find((text) => text !== undefined && readPosition(text));
      if (position !== undefined && !marks.has(target)) marks.set(target, { position, subDir: relay?.subDir ?? '' });
    },
    reach: (subTask, relay) => {
      const mark = marks.get(subTask.target);
      return mark ? reachOf(mark, subTask, relay) : { kind: 'waits', lack: 'the position of the upstream is unknown' };
    },
  };
}

function reachOf(mark: Mark, { worker, sync }: SubTask, relay: Relay | undefined): Reach {
  const lost = sync && lostBy(mark, sync.master, relay);
  if (lost) return { kind: 'lost', why: `uncertain: on ${worker}, ${lost}. Wait again.` };
  if (relay && !isAt(positionGap(mark.position, relay.at))) return { kind: 'waits', lack: 'its relay is behind the upstream' };
  const at = sync?.at ?? '';
  const gap = sameRelayLog(at, mark.subDir) ? positionGap(mark.position, at) : undefined;
  return isAt(gap) ? { kind: 'passed' } : { kind: 'behind', gap };
}

/** Why positions can no longer be compared with the mark. Undefined if they can. */
function lostBy(mark: Mark, master: string, relay: Relay | undefined): string | undefined {
  const subDir = relay?.subDir ?? '';
  if (subDir !== '' && mark.subDir !== '' && subDir !== mark.subDir) {
    return `the relay has started another directory (${subDir}, previously ${mark.subDir}), so positions cannot be compared`;
  }
  if (!readPosition(master) || isAt(positionGap(mark.position, master))) return undefined;
  return `the binlog of the upstream has started over (${master}, previously ${mark.position}), so positions cannot be compared`;
}

const isAt = (gap: PositionGap | undefined): boolean => gap !== undefined && gap.files === 0 && gap.bytes === 0;

/**
 * Whether a checkpoint belongs to the same relay log as the mark: another relay log may be of another upstream. A checkpoint
 * without a suffix comes from a dump or a task file. Its upstream is certain only in the first relay log.
 */
function sameRelayLog(at: string, subDir: string): boolean {
  const current = /\.(\d+)$/.exec(subDir)?.[1];
  if (current === undefined) return true;
  return Number(/\|(\d+)\.\d+/.exec(at)?.[1] ?? 1) === Number(current);
}

/** A sub task that has not caught up. */
export interface Lacking {
  readonly where: string;
  readonly reach: Reach | undefined;
  /** Whether nothing has moved for so long that no event can still be on its way to flush the checkpoint. */
  readonly still: boolean;
}

/**
 * Why it is impossible to know whether these have caught up, and on which workers a flush would decide. Undefined if waiting
 * can still help. `flushed`: checkpoints were flushed before.
 */
export function uncertainOf(parts: readonly Lacking[], flushed: boolean): { why: string; behind: readonly string[] } | undefined {
  for (const { reach } of parts) if (reach?.kind === 'lost') return { why: reach.why, behind: [] };
  const behind = parts.flatMap(({ where, reach, still }) => (reach?.kind === 'behind' && still ? [{ where, gap: reach.gap }] : []));
  if (behind.length === 0 || behind.length < parts.length) return undefined;
  return { why: uncertainText(behind, flushed), behind: behind.map((b) => b.where) };
}

/** The message if nothing moves and checkpoints are behind their marks. */
function uncertainText(parts: readonly { readonly where: string; readonly gap: PositionGap | undefined }[], flushed: boolean): string {
  const unknown = parts.find((p) => !p.gap);
  const far = ({ gap }: { gap: PositionGap | undefined }): number => (gap ? gap.files * 1e15 + gap.bytes : -1);
  const worst = parts.reduce((a, b) => (far(b) > far(a) ? b : a));
  const [who, how] = unknown
    ? [unknown.where, 'cannot be compared with the position of the upstream']
    : [worst.where, `is ${gapText(worst.gap as PositionGap)} before the mark`];
  const others = parts.length > 1 ? ` (and ${parts.length - 1} more)` : '';
  const state = `uncertain: no change for 35 s, and the last checkpoint on ${who}${others} ${how}.`;
  return flushed
    ? `${state} --flush did not help: the target may still be executing a statement. Check the target, write a row in the upstream, and wait again.`
    : `${state} Write a row in the upstream, or use --flush.`;
}

/** "480 bytes", "3.2 KiB", "2 files". */
function gapText(gap: PositionGap): string {
  return gap.files === 0 && gap.bytes < 1024 ? `${gap.bytes} ${gap.bytes === 1 ? 'byte' : 'bytes'}` : formatGap(gap);
}
