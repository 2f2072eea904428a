// The order, marks and words for states: what needs attention comes first.

import type { Health } from '../domain/cluster.ts';
import type { Cell, Tone } from './view.ts';

interface Standing {
  readonly tone: Tone;
  /** The word in the summary line. */
  readonly word: string;
  /** Whether a user must act. */
  readonly problem: boolean;
}

/** In display order. */
const STANDINGS: Readonly<Record<Health, Standing>> = {
  broken: { tone: 'bad', word: 'broken', problem: true },
  stuck: { tone: 'warn', word: 'stuck', problem: true },
  held: { tone: 'held', word: 'paused', problem: false },
  starting: { tone: 'busy', word: 'starting', problem: false },
  running: { tone: 'busy', word: 'running', problem: false },
  finished: { tone: 'good', word: 'finished', problem: false },
};

const ORDER = Object.keys(STANDINGS) as Health[];

/** A stage as a cell. Cached, because a large cluster has thousands of each. */
export function stageCell(stage: string, health: Health): Cell {
  let cells = STAGES.get(health);
  if (!cells) {
    cells = new Map();
    STAGES.set(health, cells);
  }
  let cell = cells.get(stage);
  if (!cell) {
    cell = { text: stage, tone: toneOf(health), also: STANDINGS[health].word };
    if (cells.size < MAX_STAGES) cells.set(stage, cell);
  }
  return cell;
}

const STAGES = new Map<Health, Map<string, Cell>>();
/** A stage may come from the network as an arbitrary number, so unknown ones are not cached without limit. */
const MAX_STAGES = 16;

export const toneOf = (health: Health): Tone => STANDINGS[health].tone;

export const isProblem = (health: Health): boolean => STANDINGS[health].problem;

/** The most urgent first. Equal ones keep their order. */
export function byUrgency<T extends { readonly health: Health }>(items: readonly T[]): T[] {
  const byHealth = new Map<Health, T[]>(ORDER.map((health) => [health, []]));
  for (const item of items) byHealth.get(item.health)?.push(item);
  return ([] as T[]).concat(...byHealth.values()); // faster than flat()
}

/** "1 broken, 3 running", in the order of urgency. */
export function tally(items: readonly { readonly health: Health }[]): string {
  const counts = new Map<Health, number>();
  for (const { health } of items) counts.set(health, (counts.get(health) ?? 0) + 1);
  return ORDER.filter((h) => counts.has(h))
    .map((h) => `${counts.get(h)} ${STANDINGS[h].word}`)
    .join(', ');
}

/** The most urgent of them. */
export function worst(items: readonly { readonly health: Health }[]): Health {
  return byUrgency(items)[0]?.health ?? 'finished';
}
