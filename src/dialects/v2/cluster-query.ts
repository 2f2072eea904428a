// The call for the state of the cluster.

import type { ClusterQuery } from '../../command/spec.ts';
import { loadPresenters } from './load-presenters.ts';

export const clusterQuery: ClusterQuery = {
  method: 'QueryStatus',
  request: (task, sources) => ({ name: task, sources: [...sources] }),
  read: async (answer) => (await loadPresenters()).clusterOf(answer),
};
