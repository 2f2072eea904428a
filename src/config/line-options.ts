// Applies the flags of a line to the session's options.

import { UsageError } from '../command/errors.ts';
import type { ParsedArgs } from '../command/flags.ts';
import { conflictIn, type RunOptions } from '../command/run-options.ts';
import { type Setting, withSetting } from './setting.ts';
import { SETTINGS } from './settings.ts';

/** The session's options with the flags of a line. Throws UsageError. */
export function optionsForLine(
  { common }: Pick<ParsedArgs, 'common'>,
  session: RunOptions,
  settings: readonly Setting[] = SETTINGS,
): RunOptions {
  let options = session;
  for (const setting of settings) {
    const text = common.get(setting.name);
    if (!text) continue;
    try {
      options = withSetting(options, setting, text);
    } catch (e) {
      throw new UsageError(`--${setting.name}: ${(e as Error).message}`);
    }
  }
  const conflict = conflictIn(options, '--');
  if (conflict !== undefined) throw new UsageError(conflict);
  return options;
}
