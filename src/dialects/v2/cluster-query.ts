// The call for the state of the cluster.

import type { ClusterQuery } from '../../command/spec.ts';
import { loadPresenters } from './load-presenters.ts';

/** What nothing shows of a status: a large answer has thousands of these values, and its sources can be iterated once. */
export const STATUS_PROJECTION = {
  streamed: 'sources',
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

export const clusterQuery: ClusterQuery = {
  method: 'QueryStatus',
  request: (task, sources) => ({ name: task, sources: [...sources] }),
  read: async (answer) => (await loadPresenters()).clusterOf(answer),
  projection: STATUS_PROJECTION,
};
