// The calls for the names that completion offers.

import type { NameQuery } from '../../command/spec.ts';
import type { ListMemberResponse, QueryStatusListResponse, ShowDDLLocksResponse } from '../../wire/generated/v2.ts';

/** Tasks and sources. */
const status: NameQuery = {
  method: 'QueryStatus',
  request: {},
  read: ({ sources }: QueryStatusListResponse) => ({
    tasks: sources.flatMap((s) => s.subTaskStatus.map((t) => t.name)),
    sources: sources.flatMap(({ sourceStatus }) => (sourceStatus ? [{ id: sourceStatus.source, worker: sourceStatus.worker }] : [])),
  }),
};

/** Workers and masters. Masters are not asked for, because the master checks the health of each of them for that. */
const members: NameQuery = {
  method: 'ListMember',
  request: { worker: true },
  read: ({ members: found }: ListMemberResponse) => ({
    workers: found.flatMap((m) => m.worker?.workers.map((w) => w.name) ?? []),
  }),
};

const locks: NameQuery = {
  method: 'ShowDDLLocks',
  request: {},
  read: ({ locks: found }: ShowDDLLocksResponse) => ({ locks: found.map((l) => l.ID) }),
};

export const nameQueries: readonly NameQuery[] = [status, members, locks];
