// Shows the settings as rows.

import { Refusal } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import { showOwn } from '../core/show.ts';
import { goQuote } from '../text/quote.ts';
import type { View } from '../views/shape.ts';
import type { Runner } from './index.ts';

/** Prints a row a setting. Throws Refusal. */
export const runConfig: Runner = async (given, session, _signal, world) => {
  const [verb] = given.args;
  if (verb !== 'show') throw new Refusal(`config ${goQuote(verb ?? '')} is not known; config show is`);
  const rows = (world.settings?.() ?? []).map((s) => ({ ...s, ...session.changed.get(s.name) }));
  const view: View = {
    columns: [{ title: 'SETTING' }, { title: 'VALUE', cut: true }, { title: 'FROM', cut: true }],
    rows: rows.map(({ name, value, from }) => ({ key: name, name, cells: [name, value === '' ? '-' : value, from] })),
  };
  await showOwn(session, rows, view);
  return STATUS.fine;
};
