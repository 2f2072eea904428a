// Changes a setting of the session.

import { Refusal } from '../core/errors.ts';
import type { Manners } from '../core/manners.ts';
import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import { nearest } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import type { OwnWorld, Runner } from './index.ts';
import { SETTABLE, type Settable } from './settable.ts';

/** Changes it for the lines that follow. Throws Refusal. */
export const runSet: Runner = async (given, session, _signal, world) => {
  const [name = '', value = ''] = given.args;
  const found = SETTABLE.find((s) => s.name === name);
  if (!found) {
    const names = SETTABLE.map((s) => s.name);
    const near = nearest(name, names)[0];
    throw new Refusal(`there is no setting ${goQuote(name)}${near ? `; did you mean ${near}?` : `; there are ${names.join(', ')}`}`);
  }
  const next = nextOf(found, value, session.defaults);
  if (unprotects(found, session, next)) await agree(found, value, session, world);
  session.defaults = next;
  session.changed.set(name, { value, from: 'set' });
  return STATUS.fine;
};

function nextOf(setting: Settable, value: string, manners: Manners): Manners {
  try {
    return setting.put(value, manners);
  } catch (e) {
    throw new Refusal(`set ${setting.name}: ${(e as Error).message}`);
  }
}

/** Whether a protection goes that the session began with; what `set` itself turned on it can turn off. */
function unprotects({ unprotects: takesAway }: Settable, { defaults, began }: Session, next: Manners): boolean {
  return [defaults, began].every((from) => takesAway?.(from, next));
}

/** Asks. Throws Refusal when the answer is no, or when nobody can be asked. */
async function agree({ name }: Settable, value: string, { confirm, address }: Session, world: OwnWorld): Promise<void> {
  const from = world.settings?.().find((s) => s.name === name)?.from ?? 'the start';
  if (!confirm) throw new Refusal(`${name} is set by ${from}, and nobody can be asked; start dmctl with -${name}=false if you mean it`);
  if (!(await confirm(`${name} is set by ${from}. Set it ${value} for ${address}?`))) throw new Refusal(`${name} stays as it is`);
}
