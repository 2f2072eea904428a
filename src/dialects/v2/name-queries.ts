// The calls for the names that completion offers.

import type { NameQuery } from '../../command/spec.ts';
import { tablesIn } from '../../text/table-names.ts';
import type { ListMemberResponse, QueryStatusListResponse, ShowDDLLocksResponse } from '../../wire/generated/v2.ts';

/** Tasks and sources. */
const status: NameQuery = {
  method: 'QueryStatus',
  request: {},
  read: ({ sources }: QueryStatusListResponse) => ({
    tasks: sources.flatMap((s) => s.subTaskStatus.map((t) => t.name)),
    tables: tablesIn(sources.map((s) => s.subTaskStatus)),
    sources: sources.flatMap(({ sourceStatus }) => (sourceStatus ? [{ id: sourceStatus.source, worker: sourceStatus.worker }] : [])),
  }),
};

const workers: NameQuery = {
  method: 'ListMember',
  request: { worker: true },
  read: ({ members: found }: ListMemberResponse) => ({
    workers: found.flatMap((m) => m.worker?.workers.map((w) => w.name) ?? []),
  }),
};

/** A query of its own, because the master checks the health of each of them for it, and never answers without a quorum. */
const masters: NameQuery = {
  method: 'ListMember',
  request: { master: true },
  read: ({ members: found }: ListMemberResponse) => ({
    masters: found.flatMap((m) => m.master?.masters.map((w) => w.name) ?? []),
  }),
};

const locks: NameQuery = {
  method: 'ShowDDLLocks',
  request: {},
  read: ({ locks: found }: ShowDDLLocksResponse) => ({
    locks: found.map((l) => l.ID),
    tables: tablesIn(found),
  }),
};

export const nameQueries: readonly NameQuery[] = [status, workers, masters, locks];
