// The dialect of DM 2.0 and later: the commands that a release has, in the order in which the original registers them.

import type { Release } from '../../command/release.ts';
import type { Dialect } from '../../command/spec.ts';
import { SOURCE } from './flags.ts';

/** The dialect of a release; of the newest one if the release is unknown. */
export function dialectFor(_release: Release | undefined): Dialect {
  return {
    name: 'DM 2.0 or later',
    generation: 'v2',
    schema: () => Promise.reject(new Error('no messages yet')),
    globalFlags: [SOURCE],
    targetSelector: SOURCE,
    nameQueries: [],
    clusterQuery: { method: 'QueryStatus', request: (name, sources) => ({ name, sources }), read: () => Promise.reject(new Error('none')) },
    positionQuery: { method: 'QueryStatus', request: (name, sources) => ({ name, sources }), read: () => [] },
    errorCodes: [],
    errors: () => Promise.reject(new Error('none')),
    commands: [],
  };
}
