// The call that returns the state of a DM 1.0 cluster.

import type { ClusterQuery } from '../../command/spec.ts';
import type { QueryStatusListRequestInit } from '../../wire/generated/v1.ts';
import { loadPresenters } from './load-presenters.ts';

/** What nothing shows of a status: a large answer has thousands of these values, and its workers can be iterated once. */
export const STATUS_PROJECTION = {
  streamed: 'workers',
  skipped: new Set([
    'SyncStatus.totalTps',
    'SyncStatus.recentTps',
    'SyncStatus.masterBinlogGtid',
    'SyncStatus.syncerBinlogGtid',
    'SyncStatus.unresolvedGroups',
    'RelayStatus.masterBinlogGtid',
    'RelayStatus.relayBinlogGtid',
  ]),
};

export const status: ClusterQuery = {
  method: 'QueryStatus',
  request: (name, workers): QueryStatusListRequestInit => ({ name, workers: [...workers] }),
  read: async (answer) => (await loadPresenters()).clusterOf(answer),
  projection: STATUS_PROJECTION,
};
