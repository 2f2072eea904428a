// Declares a command of DM 1.0 with the types of its messages.

import { bulkFlags, bulkUsage } from '../../bulk/flags.ts';
import { definer } from '../../command/define.ts';
import type { Methods } from '../../wire/generated/v1.ts';

export const defineCommand = definer<Methods>(bulkFlags, (spec, max) => bulkUsage(spec, '[-w worker ...]', max));
