// Binlog positions and GTID sets as DM prints them.

import type { Position, Relay, Upstream } from './state.ts';

type Suffix = Pick<Relay, 'suffix'>;
const suffixOf = (relay: Suffix) => String(relay.suffix).padStart(6, '0');
const relayFile = (relay: Suffix, number: number) => `mysql-bin|${suffixOf(relay)}.${String(number).padStart(6, '0')}`;

/** `mysql-bin.000001` */
export function fileName({ file }: Pick<Position, 'file'>): string {
  return `mysql-bin.${String(file).padStart(6, '0')}`;
}

/** `(mysql-bin.000001, 3472)`; `(, 4)` when there is none yet. */
export function plainForm(position: Position | undefined): string {
  return position ? `(${fileName(position)}, ${position.offset})` : '(, 4)';
}

/** `(mysql-bin|000001.000001, 3704)`: includes the suffix of the relay's subdirectory. */
export function relayForm(relay: Suffix, position: Position): string {
  return `(${relayFile(relay, position.file)}, ${position.offset})`;
}

/** `mysql-bin|000001.000001:3783`: the form that query-error shows and sql-skip -b takes. */
export function failedForm(relay: Relay, position: Position): string {
  return `${relayFile(relay, position.file)}:${position.offset}`;
}

/** `53ea….000001` */
export function relaySubDir(upstream: Upstream, suffix: number): string {
  return `${upstream.uuid}.${String(suffix).padStart(6, '0')}`;
}

export function gtidSet(upstream: Upstream, seq: number): string {
  return `${upstream.uuid}:1-${seq}`;
}

/** The number at the end of a binlog's name; 0 if there is none. */
export function fileNumber(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);
}
