// Declares a command of DM 2.0 and later with the types of its messages.

import { bulkFlags, bulkUsage } from '../../bulk/flags.ts';
import { definer } from '../../command/define.ts';
import type { Methods } from '../../wire/generated/v2.ts';

export const defineCommand = definer<Methods>(bulkFlags, (spec, max) => bulkUsage(spec, '[-s source ...]', max));

/** Whether the release of the master is at least this one. Texts, flags and requests depend on it. */
export type Has = (since: string) => boolean;
