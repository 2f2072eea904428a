// Finds the names that a mistyped one may have meant.

/** Longer names are not compared. */
const LONGEST = 200;
const MAX_CHANGES = 3;
/** Fewer characters than this are part of too many names. */
const LEAST_PART = 3;

/**
 * The names nearest to a typed one, at most `most`, nearest first. Names that differ by a few typing errors come first, then
 * names that begin with the typed text, then names that contain it. Upper and lower case are equal. Backquotes do not count:
 * a shell of the system removes them from the ID of a DDL lock.
 */
export function nearestNames(typed: string, names: Iterable<string>, most = 3): string[] {
  const low = comparable(typed);
  if (low === '' || low.length > LONGEST) return [];
  const ranked: { name: string; rank: number }[] = [];
  for (const name of names) {
    const rank = rankOf(low, comparable(name));
    if (rank !== undefined) ranked.push({ name, rank });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((r) => r.name);
}

const comparable = (name: string): string => name.toLowerCase().replaceAll('`', '');

/** The number of typing errors, or a larger number for a part of the name; undefined if the names are not similar. */
function rankOf(typed: string, name: string): number | undefined {
  if (name.length > LONGEST) return undefined;
  const allowed = Math.min(MAX_CHANGES, Math.floor(Math.max(typed.length, name.length) / 3));
  if (Math.abs(typed.length - name.length) <= allowed) {
    const changes = typingErrors(typed, name);
    if (changes <= allowed) return changes;
  }
  if (name.startsWith(typed)) return MAX_CHANGES + 1;
  if (typed.length >= LEAST_PART && name.includes(typed)) return MAX_CHANGES + 2;
  return undefined;
}

/** The number of characters that are wrong, missing, too many, or swapped with their neighbour. */
export function typingErrors(first: string, second: string): number {
  const a = [...first];
  const b = [...second];
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + wrong);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] as number) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}

/** The question whether one of the nearest names was meant; empty if no name is near. */
export function didYouMean(typed: string, names: Iterable<string>, show: (name: string) => string = (name) => name): string {
  const near = nearestNames(typed, names).map((name) => `"${show(name)}"`);
  if (near.length === 0) return '';
  const last = near.pop() as string;
  return `did you mean ${near.length > 0 ? `${near.join(', ')} or ` : ''}${last}?`;
}
