// Changes a setting of the session.

import { Refusal } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import { nearest } from '../text/nearest.ts';
import { goQuote } from '../text/quote.ts';
import type { Runner } from './index.ts';
import { SETTABLE } from './settable.ts';

/** Changes it for the lines that follow. Throws Refusal. */
export const runSet: Runner = async (given, session) => {
  const [name = '', value = ''] = given.args;
  const found = SETTABLE.find((s) => s.name === name);
  if (!found) {
    const names = SETTABLE.map((s) => s.name);
    const near = nearest(name, names)[0];
    throw new Refusal(`there is no setting ${goQuote(name)}${near ? `; did you mean ${near}?` : `; there are ${names.join(', ')}`}`);
  }
  try {
    session.defaults = found.put(value, session.defaults);
  } catch (e) {
    throw new Refusal(`set ${name}: ${(e as Error).message}`);
  }
  session.changed.set(name, { value, from: 'set' });
  return STATUS.fine;
};
