// The progress of a wait: on a terminal one line that is redrawn in place, otherwise a new line when something changes.

import type { WaitState } from '../../domain/wait-evaluator.ts';
import type { RunContext } from '../../invoke/context.ts';
import type { Output } from '../../io/io.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { progressLine } from '../../output/progress/wait-line.ts';

type NotYet = Extract<WaitState, { kind: 'not yet' }>;

export interface WaitProgress {
  update(verdict: NotYet): Promise<void>;
  /** Removes the line. */
  close(): Promise<void>;
}

const STEP_MS = 250;

/** Reports progress on standard error. Reports nothing with -quiet. */
export function openWaitProgress({ io, options }: RunContext, title: string): WaitProgress {
  if (options.quiet) return { update: async () => {}, close: async () => {} };
  const { stderr, env } = io;
  return stderr.isTTY && env.TERM !== 'dumb' ? inPlace(stderr, title) : byLine(stderr, title);
}

function byLine(stderr: Output, title: string): WaitProgress {
  let last = '';
  return {
    update: async ({ missing }) => {
      if (missing !== last) await writeSafe(stderr, `${title}: ${missing}\n`);
      last = missing;
    },
    close: async () => {},
  };
}

function inPlace(stderr: Output, title: string): WaitProgress {
  const began = performance.now();
  let frame = 0;
  let shown: NotYet = { kind: 'not yet', missing: '', brief: '' };
  let drawn = false;
  let writing = Promise.resolve();
  const draw = (): void => {
    const { brief, progress } = shown;
    const seconds = Math.floor((performance.now() - began) / 1000);
    const line = progressLine({ title, missing: brief, ...(progress && { progress }), seconds, frame }, (stderr.columns ?? 80) - 1);
    frame += 1;
    drawn = true;
    writing = stderr.write(`\r${line}\u001b[K`).catch(() => {});
  };
  const timer = setInterval(draw, STEP_MS);
  return {
    update: async (verdict) => {
      shown = verdict;
      draw();
      await writing;
    },
    close: async () => {
      clearInterval(timer);
      await writing;
      if (drawn) await stderr.write('\r\u001b[K');
    },
  };
}
