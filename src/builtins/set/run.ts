// Changes a setting of the session.

import { suggestSimilar } from '../../args/suggest.ts';
import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { RunOptions } from '../../command/run-options.ts';
import { type Setting, shownText, withSetting } from '../../config/setting.ts';
import { settableSettings } from '../../config/setting-lists.ts';
import { SETTINGS } from '../../config/settings.ts';
import type { Session } from '../../invoke/session.ts';
import { goQuote } from '../../text/quote.ts';
import type { BuiltinContext, Runner } from '../index.ts';
import type { set } from './command.ts';

const SETTABLE = settableSettings(SETTINGS);

/** Changes it for the following lines. Throws Refusal. */
export const runSet: Runner<typeof set> = async (parsed, { session }, world) => {
  const [name = '', value = ''] = parsed.args;
  const found = SETTABLE.find((s) => s.name === name);
  if (!found) {
    const names = SETTABLE.map((s) => s.name);
    const near = suggestSimilar(name, names)[0];
    throw new Refusal(`there is no setting ${goQuote(name)}. ${near ? `Did you mean ${near}?` : `Use one of ${names.join(', ')}`}`);
  }
  const next = nextOf(found, value, session.defaultOptions);
  if (unprotects(found, session, next)) await agree(found, value, session, world);
  session.changeSetting(name, shownText(found, value), next);
  return EXIT_CODE.ok;
};

function nextOf(setting: Setting, value: string, options: RunOptions): RunOptions {
  try {
    return withSetting(options, setting, value);
  } catch (e) {
    throw new Refusal(`set ${setting.name}: ${(e as Error).message}`);
  }
}

/** Whether this removes a protection that exists since the start of the session. One that `set` added can be removed freely. */
function unprotects(setting: Setting, { defaultOptions, began }: Session, next: RunOptions): boolean {
  return [defaultOptions, began].every((from) => setting.unprotects?.(from, next));
}

/** Asks for confirmation. Throws Refusal if the answer is no or no user can answer. */
async function agree({ name }: Setting, value: string, { ask, address }: Session, world: BuiltinContext): Promise<void> {
  const from = world.settings?.().find((s) => s.name === name)?.from ?? 'the start';
  if (!ask)
    throw new Refusal(
      `${name} is set by ${from}, and there is no terminal to confirm the change. To switch it off, start dmctl with -${name}=false`,
    );
  if (!(await ask(`${name} is set by ${from}. Set it to ${value} for ${address}?`))) throw new Refusal(`${name} is unchanged`);
}
