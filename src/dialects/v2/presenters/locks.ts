// DDL locks of DM 2.0 and later as rows.

import { locksView } from '../../../presenters/locks.ts';
import type { View } from '../../../presenters/view.ts';
import type { ShowDDLLocksResponse } from '../../../wire/generated/v2.ts';

export function ddlLocksView({ result, msg, locks }: ShowDDLLocksResponse): View {
  return locksView(
    result ? '' : msg || 'the DM-master rejected the request without a reason',
    locks.map(({ ID, task, owner, DDLs, synced, unsynced }) => ({ id: ID, task, owner, statements: DDLs, synced, unsynced })),
  );
}
