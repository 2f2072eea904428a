// Works through a list, some at a time.

/** Does the work of each item, at most `width` at a time, in their order; begins no more once `stopped` says so. Resolves when all that was begun is done. */
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
