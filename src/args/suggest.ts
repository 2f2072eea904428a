// Suggests names similar to an unknown one, by cobra's rule: the same names in the same order.

/** The number of one-byte changes between two texts. */
export function distance(first: string, second: string): number {
  const [a, b] = [Buffer.from(first), Buffer.from(second)];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + change));
    }
    row = next;
  }
  return row[b.length] as number;
}

const MAX_CHANGES = 2;

/**
 * Names within two changes of the typed one, or that start with it, in the given order, ignoring case. The typed
 * text may have any length: names whose length differs by more than two are not compared.
 */
export function suggestSimilar(typed: string, names: readonly string[]): string[] {
  const low = typed.toLowerCase();
  const size = Buffer.byteLength(low);
  return names.filter((n) => {
    const name = n.toLowerCase();
    if (name.startsWith(low)) return true;
    return Math.abs(size - Buffer.byteLength(name)) <= MAX_CHANGES && distance(low, name) <= MAX_CHANGES;
  });
}
