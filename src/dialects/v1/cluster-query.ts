// The call that returns the state of a DM 1.0 cluster.

import type { ClusterQuery } from '../../command/spec.ts';
import type { QueryStatusListRequestInit } from '../../wire/generated/v1.ts';
import { loadPresenters } from './load-presenters.ts';

export const status: ClusterQuery = {
  method: 'QueryStatus',
  request: (name, workers): QueryStatusListRequestInit => ({ name, workers: [...workers] }),
  read: async (answer) => (await loadPresenters()).clusterOf(answer),
};
