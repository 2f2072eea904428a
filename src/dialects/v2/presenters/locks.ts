// DDL locks of DM 2.0 and later as rows.

import { locksView } from '../../../presenters/locks.ts';
import type { View } from '../../../presenters/view.ts';
import type { ShowDDLLocksResponse } from '../../../wire/generated/v2.ts';
import { locksQuery } from '../locks-query.ts';

export function ddlLocksView(answer: ShowDDLLocksResponse): View {
  const { result, msg } = answer;
  return locksView(result ? '' : msg || 'the DM-master rejected the request without a reason', locksQuery.read(answer as never));
}
