// Shows the settings as rows.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { goQuote } from '../../text/quote.ts';
import type { Runner } from '../index.ts';
import type { config } from './command.ts';

/** Prints one row per setting. Throws Refusal. */
export const runConfig: Runner<typeof config> = async (parsed, context, world) => {
  const [verb] = parsed.args;
  if (verb !== 'show') throw new Refusal(`config ${goQuote(verb ?? '')} is not a command. Use config show`);
  const rows = (world.settings?.() ?? []).map((s) => ({ ...s, ...context.session.changedSettings.get(s.name) }));
  const view: View = {
    columns: [{ title: 'SETTING' }, { title: 'VALUE', cut: true }, { title: 'FROM', cut: true }],
    rows: rows.map(({ name, value, from }) => ({ key: name, name, cells: [name, value === '' ? '-' : value, from] })),
  };
  await renderValue(context, rows, view);
  return EXIT_CODE.ok;
};
