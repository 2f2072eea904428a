// Which masters a cluster has, and which of them leads.

import type { MastersQuery } from '../../command/spec.ts';
import type { ListMemberResponse } from '../../wire/generated/v2.ts';

export const mastersQuery: MastersQuery = {
  method: 'ListMember',
  request: { leader: true, master: true, worker: false, names: [] },
  read: ({ members }: ListMemberResponse) => ({
    leader: members.find((m) => m.leader)?.leader?.name ?? '',
    masters: members.flatMap((m) => m.master?.masters ?? []).map(({ name, alive, clientURLs }) => ({ name, alive, addresses: clientURLs })),
  }),
};
