// The nearest name to one that is not known, by cobra's rule, so that the same names are suggested in the same order.

/** Number of changes of one byte between two texts. */
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
 * Names within two changes of the typed one, or that begin with it, in the order given; case does not count. What was
 * typed may be of any length: a name whose length is further away is not compared.
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
