// The call for the binlog position of a task's error, which a guided prompt suggests.

import type { PositionQuery } from '../../command/spec.ts';
import type { QueryStatusListResponse } from '../../wire/generated/v2.ts';

/** `startLocation: [position: (mysql-bin.000001, 4), …]` in the message of an error. */
const START = /startLocation: \[position: \(([^,()\s]+), (\d+)\)/;

export const positionQuery: PositionQuery = {
  method: 'QueryStatus',
  request: (task, sources) => ({ name: task, sources: [...sources] }),
  read: ({ sources }: QueryStatusListResponse) =>
    sources.flatMap((s) => s.subTaskStatus.flatMap((t) => t.result?.errors.flatMap(({ Message }) => positionIn(Message)) ?? [])),
};

function positionIn(message: string): string[] {
  const found = START.exec(message);
  return found ? [`${found[1]}:${found[2]}`] : [];
}
