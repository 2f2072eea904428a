// The call that returns the DDL locks of a DM 1.0 cluster.

import type { LocksQuery } from '../../command/spec.ts';
import type { ShowDDLLocksResponse } from '../../wire/generated/v1.ts';

export const locksQuery: LocksQuery = {
  method: 'ShowDDLLocks',
  request: {},
  read: ({ locks }: ShowDDLLocksResponse) =>
    locks.map(({ ID, task, owner, DDLs, synced, unsynced }) => ({ id: ID, task, owner, statements: DDLs, synced, unsynced })),
};
