// PARTITION BY of CREATE TABLE.

import type { Cursor } from './cursor.ts';
import { PARTITIONINGS } from './words.ts';

/** Checks what follows PARTITION BY: the kind of partitioning, and whether the definitions match it. */
export function checkPartitioning(cursor: Cursor): void {
  const way = cursor.key;
  if (!PARTITIONINGS.has(way)) cursor.doubt(`one of ${[...PARTITIONINGS].join(', ')} must follow PARTITION BY`);
  const ranged = way === 'RANGE' || way === 'LIST';
  const start = cursor.at;
  let defined = false;
  while (!cursor.done) {
    if (cursor.key === '(' && cursor.tokens[cursor.at + 1]?.key === 'PARTITION') {
      defined = true;
      checkParts(cursor.brackets(), way);
    } else if (cursor.key === '(') cursor.brackets();
    else cursor.at += 1;
  }
  cursor.at = start;
  if (ranged && !defined) cursor.doubt(`${way} needs the partitions in brackets`);
}

function checkParts(cursor: Cursor, way: string): void {
  for (const part of cursor.parts()) {
    if (!part.take('PARTITION')) part.doubt('PARTITION must be here');
    part.name('the partition name', 1);
    if (way === 'RANGE' && !part.take('VALUES', 'LESS', 'THAN')) part.doubt('RANGE needs VALUES LESS THAN for each partition');
    if (way === 'LIST' && part.key === 'VALUES' && !part.take('VALUES', 'IN')) part.doubt('LIST needs VALUES IN');
    if ((way === 'HASH' || way === 'KEY' || way === 'LINEAR') && part.key === 'VALUES') part.doubt('only RANGE and LIST accept VALUES');
  }
}
