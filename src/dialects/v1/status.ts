// How a cluster of DM 1.0 is asked how it stands.

import type { StatusQuery } from '../../core/spec.ts';
import type { QueryStatusListRequestInit } from '../../wire/generated/v1.ts';
import { people } from './lazily.ts';

export const status: StatusQuery = {
  method: 'QueryStatus',
  request: (name, workers): QueryStatusListRequestInit => ({ name, workers: [...workers] }),
  read: async (answer) => (await people()).clusterOf(answer),
};
