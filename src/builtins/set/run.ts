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
    throw new Refusal(`there is no setting ${goQuote(name)}${near ? `; did you mean ${near}?` : `; there are ${names.join(', ')}`}`);
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

/** Whether this removes a protection from the start of the session; one that `set` added can be removed freely. */
function unprotects(setting: Setting, { defaultOptions, began }: Session, next: RunOptions): boolean {
  return [defaultOptions, began].every((from) => setting.unprotects?.(from, next));
}

/** Asks. Throws Refusal if the answer is no or nobody can answer. */
async function agree({ name }: Setting, value: string, { ask, address }: Session, world: BuiltinContext): Promise<void> {
  const from = world.settings?.().find((s) => s.name === name)?.from ?? 'the start';
  if (!ask) throw new Refusal(`${name} is set by ${from}, and nobody can be asked; start dmctl with -${name}=false if you mean it`);
  if (!(await ask(`${name} is set by ${from}. Set it ${value} for ${address}?`))) throw new Refusal(`${name} stays as it is`);
}
