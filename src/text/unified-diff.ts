// Compares two texts by lines and writes the differences as `diff -u` does.

/** Lines around a difference. */
const CONTEXT = 3;
/** The largest number of comparisons. Larger texts count as completely different between their equal start and end. */
const MAX_CELLS = 16 << 20;

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** The differences; empty if there are none. `name` is the name of the file, in one line. */
export function unifiedDiff(before: string, after: string, name: string): string {
  if (before === after) return '';
  const steps = compare(linesOf(before), linesOf(after));
  const changed = steps.flatMap(({ sign }, i) => (sign === ' ' ? [] : [i]));
  const out = [`--- ${name}\n+++ ${name}\n`];
  for (let at = 0; at < changed.length; ) {
    let last = at;
    while (last + 1 < changed.length && (changed[last + 1] as number) - (changed[last] as number) <= 2 * CONTEXT + 1) last += 1;
    const start = Math.max(0, (changed[at] as number) - CONTEXT);
    const end = Math.min(steps.length, (changed[last] as number) + CONTEXT + 1);
    out.push(hunk(steps, start, end));
    at = last + 1;
  }
  return out.join('');
}

/** The lines with their line breaks. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function compare(a: readonly string[], b: readonly string[]): Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const same = (line: string): Step => ({ sign: ' ', line });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

/** The shortest way from one list to the other, by the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): Step[] {
  const removed = (line: string): Step => ({ sign: '-', line });
  const added = (line: string): Step => ({ sign: '+', line });
  if (a.length * b.length > MAX_CELLS) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const length = (i: number, j: number): number => lengths[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ sign: ' ', line: a[i] as string });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && length(i + 1, j) >= length(i, j + 1))) {
      steps.push(removed(a[i] as string));
      i += 1;
    } else {
      steps.push(added(b[j] as string));
      j += 1;
    }
  }
  return steps;
}

function hunk(steps: readonly Step[], start: number, end: number): string {
  const count = (from: number, to: number, other: Step['sign']): number =>
    steps.slice(from, to).filter(({ sign }) => sign !== other).length;
  const range = (other: Step['sign']): string => {
    const [before, own] = [count(0, start, other), count(start, end, other)];
    return own === 1 ? `${before + 1}` : `${own === 0 ? before : before + 1},${own}`;
  };
  const lines = steps
    .slice(start, end)
    .map(({ sign, line }) => `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}
