// Shows the settings as rows.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import type { Runner } from '../index.ts';
import type { configShow } from './command.ts';

/** Prints one row per setting. */
export const runConfig: Runner<typeof configShow> = async (_parsed, context, world) => {
  const rows = (world.settings?.() ?? []).map((s) => ({ ...s, ...context.session.changedSettings.get(s.name) }));
  const view: View = {
    columns: [{ title: 'SETTING' }, { title: 'VALUE', cut: true }, { title: 'FROM', cut: true }],
    rows: rows.map(({ name, value, from }) => ({ key: name, name, cells: [name, value === '' ? '-' : value, from] })),
  };
  await renderValue(context, rows, view);
  return EXIT_CODE.ok;
};
