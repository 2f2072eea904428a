// PARTITION BY as CREATE TABLE writes it.

import type { Cursor } from './cursor.ts';
import { PARTITIONINGS } from './words.ts';

/** Checks what follows PARTITION BY: the way of partitioning, and whether the definitions fit it. */
export function checkPartitioning(cursor: Cursor): void {
  const way = cursor.key;
  if (!PARTITIONINGS.has(way)) cursor.refuse(`one of ${[...PARTITIONINGS].join(', ')} must follow PARTITION BY`);
  const ranged = way === 'RANGE' || way === 'LIST';
  let defined = false;
  while (!cursor.done) {
    if (cursor.key === '(' && cursor.tokens[cursor.at + 1]?.key === 'PARTITION') {
      defined = true;
      checkParts(cursor.brackets(), way);
    } else if (cursor.key === '(') cursor.brackets();
    else cursor.at += 1;
  }
  if (ranged && !defined) cursor.refuse(`${way} needs the partitions in brackets`);
}

function checkParts(cursor: Cursor, way: string): void {
  for (const part of cursor.parts()) {
    if (!part.take('PARTITION')) part.refuse('PARTITION must stand here');
    part.name('the partition name', 1);
    if (way === 'RANGE' && !part.take('VALUES', 'LESS', 'THAN')) part.refuse('RANGE needs VALUES LESS THAN for each partition');
    if (way === 'LIST' && part.key === 'VALUES' && !part.take('VALUES', 'IN')) part.refuse('LIST needs VALUES IN');
    if ((way === 'HASH' || way === 'KEY' || way === 'LINEAR') && part.key === 'VALUES') part.refuse('only RANGE and LIST take VALUES');
  }
}
