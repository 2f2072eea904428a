// The binlog positions of errors in DM 1.0's sub tasks, in the form that sql-skip and sql-replace take.

import type { PositionQuery } from '../../command/spec.ts';
import type { QueryErrorListResponse } from '../../wire/generated/v1.ts';

export const positions: PositionQuery = {
  method: 'QueryError',
  request: (name, workers) => ({ name, workers: [...workers] }),
  read: ({ workers }: QueryErrorListResponse) =>
    workers.flatMap((w) => w.subTaskError.flatMap((s) => (s.sync?.errors ?? []).map((e) => e.failedBinlogPosition))),
};
