// Processes the items of a list, some of them in parallel.

/**
 * Starts the work of the items in order, at most `width` at a time. Starts no more once `stopped` returns true. Resolves when
 * all started work is done.
 */
export async function forEachLimited<T>(
  width: number,
  items: readonly T[],
  stopped: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && !stopped()) {
      const item = items[next] as T;
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
