// Binlog positions and GTID sets as DM prints them.

import type { Position, Source, Upstream } from './state.ts';

const fileName = (file: number): string => `mysql-bin.${String(file).padStart(6, '0')}`;

/** `(mysql-bin.000001, 4)` */
export const plainForm = ({ file, offset }: Position): string => `(${fileName(file)}, ${offset})`;

/** The position in the relay log: `(mysql-bin|000001.000001, 4)`. */
export const relayForm = ({ file, offset }: Position): string => `(mysql-bin|000001.${String(file).padStart(6, '0')}, ${offset})`;

/** The GTID set of an upstream up to a transaction. */
export const gtidSet = ({ uuid }: Upstream, seq: number): string => `${uuid}:1-${seq}`;

/** The relay subdirectory of a source. */
export const relaySubDir = ({ upstream }: Source): string => `${upstream.uuid}.000001`;

/** The position in the form of answers for `mysql-bin.000001:4` or `mysql-bin.000001|"":4`, as requests write it. */
export function requestedPosition(text: string): string {
  const found = /^([^:|]+)(?:\|[^:]*)?:(\d+)$/.exec(text);
  return found ? `(${found[1]}, ${found[2]})` : text;
}

/** A location in an error message. */
export const location = (position: Position, gtid: string, suffix = 0): string =>
  `[position: ${plainForm(position)}, gtid-set: ${gtid}${suffix > 0 ? `, suffix: ${suffix}` : ''}]`;

/** Whether a position is at or behind another one. Both are in the form of answers. */
export function isFrom(text: string, from: string): boolean {
  const numbers = (form: string) => /\.(\d+), (\d+)\)$/.exec(form)?.slice(1).map(Number) ?? [0, 0];
  const [file = 0, offset = 0] = numbers(text);
  const [leastFile = 0, least = 0] = numbers(from);
  return file > leastFile || (file === leastFile && offset >= least);
}

/** The key of the checkpoint of a sub task. */
export const checkpointKey = (task: string, source: string): string => `${task} ${source}`;
