// Which masters a cluster has, which of them leads, and which workers they know.

import type { MastersQuery, WorkersQuery } from '../../command/spec.ts';
import type { ListMemberResponse } from '../../wire/generated/v2.ts';

export const mastersQuery: MastersQuery = {
  method: 'ListMember',
  request: { leader: true, master: true, worker: false, names: [] },
  read: ({ members }: ListMemberResponse) => ({
    leader: members.find((m) => m.leader)?.leader?.name ?? '',
    masters: members.flatMap((m) => m.master?.masters ?? []).map(({ name, alive, clientURLs }) => ({ name, alive, addresses: clientURLs })),
  }),
};

export const workersQuery: WorkersQuery = {
  method: 'ListMember',
  request: { leader: false, master: false, worker: true, names: [] },
  read: ({ members }: ListMemberResponse) =>
    members.flatMap((m) => m.worker?.workers ?? []).map(({ name, stage }) => ({ name, stage: String(stage) })),
};
