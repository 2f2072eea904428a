// A spinner while a call runs: on standard error of a terminal, after a moment, erased at the end.

import type { Output } from '../../io/io.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** The delay in milliseconds: most calls are done by then. */
const DELAY_MS = 300;
const STEP = 100;

/** Shows what runs and for how long until the returned function is called, which resolves when the line is erased. */
export function spin(output: Output, what: string): () => Promise<void> {
  const began = performance.now();
  let frame = 0;
  let shown = false;
  let writing: Promise<void> = Promise.resolve();
  const draw = (): void => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const line = `${FRAMES[frame % FRAMES.length]} ${what} ${seconds} s (Ctrl-C stops waiting)`;
    frame += 1;
    shown = true;
    writing = output.write(`\r${line.slice(0, Math.max(0, (output.columns ?? 80) - 1))}\u001b[K`).catch(() => {});
  };
  let interval: NodeJS.Timeout | undefined;
  const patience = setTimeout(() => {
    draw();
    interval = setInterval(draw, STEP);
  }, DELAY_MS);
  return async () => {
    clearTimeout(patience);
    clearInterval(interval);
    await writing;
    if (shown) await output.write('\r\u001b[K');
  };
}
