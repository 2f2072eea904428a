// Timers for any duration: Node's own fire at once beyond 2^31 - 1 ms, and take only whole milliseconds.

const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Calls back after `ms` milliseconds, rounded up to a whole one.
 * @returns a function that cancels the timer
 */
export function after(ms: number, then: () => void): () => void {
  const endsAt = performance.now() + ms;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const left = Math.ceil(endsAt - performance.now());
    timer = setTimeout(left > MAX_TIMER_MS ? arm : then, Math.min(Math.max(left, 0), MAX_TIMER_MS));
  };
  arm();
  return () => clearTimeout(timer);
}

export interface Deadline {
  /** Aborted with a TimeoutError when the time is over. */
  readonly signal: AbortSignal;
  /** Ends the timer. Call it when the limited work is done. */
  close(): void;
}

/** A deadline `ms` milliseconds from now. */
export function openDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const close = after(ms, () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
  return { signal: controller.signal, close };
}
