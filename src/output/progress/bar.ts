// The progress of a list of calls: on standard error of a terminal, after a moment, erased at the end.

import type { Output } from '../../io/io.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { truncate } from '../../text/width.ts';

/** The delay in milliseconds: a few calls are done by then. */
const DELAY_MS = 300;
const CELLS = 20;

export interface Bar {
  /** Shows how many calls are done, and the name of the last one that started. */
  at(done: number, last: string): void;
  /** Resolves when the line is erased. */
  stop(): Promise<void>;
}

/** Shows how many of `total` are done. */
export function bar(output: Output, what: string, total: number): Bar {
  let state = { done: 0, last: '' };
  let shown = false;
  let writing: Promise<void> = Promise.resolve();
  const draw = (): void => {
    shown = true;
    const full = Math.round((CELLS * state.done) / Math.max(1, total));
    const line = `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${state.done}/${total} ${what} ${inOneLine(state.last)}`;
    writing = output.write(`\r${truncate(line, Math.max(1, (output.columns ?? 80) - 1))}\u001b[K`).catch(() => {});
  };
  const patience = setTimeout(draw, DELAY_MS);
  return {
    at: (done, last) => {
      state = { done, last };
      if (shown) draw();
    },
    stop: async () => {
      clearTimeout(patience);
      await writing;
      if (shown) await output.write('\r\u001b[K');
    },
  };
}
