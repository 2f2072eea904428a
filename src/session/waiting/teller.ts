// Who waits is told how it stands: on a terminal in one line that is redrawn in place, elsewhere a line when something changes.

import { type Session, say } from '../../core/session.ts';
import { progressLine } from '../../print/progress.ts';
import type { Verdict } from '../../views/verdict.ts';

type NotYet = Extract<Verdict, { kind: 'not yet' }>;

export interface Teller {
  tell(verdict: NotYet): Promise<void>;
  /** Takes the line away. */
  close(): Promise<void>;
}

const STEP_MS = 250;

/** Tells on standard error; nothing where quiet is wanted. */
export function openTeller({ io, manners }: Session, title: string): Teller {
  if (manners.quiet) return { tell: async () => {}, close: async () => {} };
  const { stderr, env } = io;
  return stderr.isTTY && env.TERM !== 'dumb' ? inPlace(stderr, title) : byLine(stderr, title);
}

function byLine(stderr: Session['io']['stderr'], title: string): Teller {
  let last = '';
  return {
    tell: async ({ missing }) => {
      if (missing !== last) await say(stderr, `${title}: ${missing}\n`);
      last = missing;
    },
    close: async () => {},
  };
}

function inPlace(stderr: Session['io']['stderr'], title: string): Teller {
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
    tell: async (verdict) => {
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
