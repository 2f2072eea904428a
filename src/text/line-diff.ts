// The changed lines between two texts.

/** More lines than this are not compared one by one, after the common start and end. */
const MAX_LINES = 2000;

/** The removed lines with `- ` before them and the added ones with `+ `, in their order. Empty if nothing changed. */
export function changedLines(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return between(old.slice(start, old.length - end), now.slice(start, now.length - end));
}

/** The changes by the longest common subsequence. */
function between(old: readonly string[], now: readonly string[]): string[] {
  if (old.length > MAX_LINES || now.length > MAX_LINES) return [...old.map((line) => `- ${line}`), ...now.map((line) => `+ ${line}`)];
  const columns = now.length + 1;
  const common = new Uint16Array((old.length + 1) * columns);
  const at = (i: number, j: number): number => common[i * columns + j] as number;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * columns + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      changes.push(`- ${old[i]}`);
      i += 1;
    } else {
      changes.push(`+ ${now[j]}`);
      j += 1;
    }
  }
  return changes;
}
