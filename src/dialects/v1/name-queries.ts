// The calls of DM 1.0 that return the names for completion.

import type { NameQuery, Names } from '../../command/spec.ts';
import type { Methods } from '../../wire/generated/v1.ts';

function query<M extends keyof Methods>(
  method: M,
  request: Methods[M]['request'],
  read: (answer: Methods[M]['response']) => Partial<Names>,
): NameQuery {
  return { method, request, read };
}

export const names: readonly NameQuery[] = [
  query('QueryStatus', {}, ({ workers }) => ({
    tasks: workers.flatMap((w) => w.subTaskStatus.map((s) => s.name)),
    workers: workers.map((w) => w.worker),
    sources: workers.map((w) => ({ id: w.sourceID, worker: w.worker })),
  })),
  query('ShowDDLLocks', {}, ({ locks }) => ({ locks: locks.map((l) => l.ID) })),
];
