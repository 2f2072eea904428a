// The order, the marks and the words of how things stand: what needs a hand comes first.

import type { Health } from '../domain/cluster.ts';
import type { Cell, Tone } from './view.ts';

interface Standing {
  readonly tone: Tone;
  /** How the last line counts it. */
  readonly word: string;
  /** Whether somebody has to do something. */
  readonly problem: boolean;
}

/** In the order in which they are shown. */
const STANDINGS: Readonly<Record<Health, Standing>> = {
  broken: { tone: 'bad', word: 'broken', problem: true },
  stuck: { tone: 'warn', word: 'stuck', problem: true },
  held: { tone: 'held', word: 'paused', problem: false },
  starting: { tone: 'busy', word: 'starting', problem: false },
  running: { tone: 'busy', word: 'running', problem: false },
  finished: { tone: 'good', word: 'finished', problem: false },
};

const ORDER = Object.keys(STANDINGS) as Health[];

/** A stage as it is shown; the same object for the same stage, since a large cluster has thousands of each. */
export function stageCell(stage: string, health: Health): Cell {
  let cells = STAGES.get(health);
  if (!cells) {
    cells = new Map();
    STAGES.set(health, cells);
  }
  let cell = cells.get(stage);
  if (!cell) {
    cell = { text: stage, tone: toneOf(health) };
    if (cells.size < MAX_STAGES) cells.set(stage, cell);
  }
  return cell;
}

const STAGES = new Map<Health, Map<string, Cell>>();
/** A stage may come from the network as a number that is none: such are not all kept. */
const MAX_STAGES = 16;

export const toneOf = (health: Health): Tone => STANDINGS[health].tone;

export const isProblem = (health: Health): boolean => STANDINGS[health].problem;

/** The most urgent first; what is alike keeps its order. */
export function byUrgency<T extends { readonly health: Health }>(items: readonly T[]): T[] {
  const byHealth = new Map<Health, T[]>(ORDER.map((health) => [health, []]));
  for (const item of items) byHealth.get(item.health)?.push(item);
  return ([] as T[]).concat(...byHealth.values()); // quicker than flat()
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
