// Sizes in bytes with units: 64MiB, 1GiB, 4096.

const UNITS: readonly (readonly [unit: string, bytes: number])[] = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
  ['B', 1],
];

/** Reads a size in bytes. Throws Error. */
export function parseSize(text: string): number {
  const [, digits = '', unit = 'B'] = /^(\d{1,15})(GiB|MiB|KiB|B)?$/.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS.find(([name]) => name === unit)?.[1] ?? 0);
  if (digits === '' || bytes === 0) throw new Error(`invalid size: ${text}`);
  return bytes;
}

/** A size in the largest unit that divides it: `1GiB`, `1536MiB`, `5B`. */
export function byteSize(bytes: number): string {
  const [unit, size] = UNITS.find(([, s]) => bytes % s === 0) ?? ['B', 1];
  return `${bytes / size}${unit}`;
}
