// DDL locks of DM 1.0 as rows.

import { locksView } from '../../../presenters/locks.ts';
import type { View } from '../../../presenters/view.ts';
import type { ShowDDLLocksResponse } from '../../../wire/generated/v1.ts';

export function ddlLocksView({ result, msg, locks }: ShowDDLLocksResponse): View {
  return locksView(
    result ? '' : msg || 'it rejected the request without a reason',
    locks.map(({ ID, task, owner, DDLs, synced, unsynced }) => ({ id: ID, task, owner, statements: DDLs, synced, unsynced })),
  );
}
