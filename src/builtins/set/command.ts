// `set`: changes a setting for the rest of the session.

import { defineBuiltin } from '../../command/registry.ts';
import { setArguments, settableSettings } from '../../config/setting-lists.ts';
import { SETTINGS } from '../../config/settings.ts';

export const set = defineBuiltin({
  name: 'set',
  usage: '<setting> <value>',
  summary: `change a setting until the shell ends: ${settableSettings(SETTINGS)
    .map((s) => s.name)
    .join(', ')}`,
  availability: 'lines',
  examples: ['set output table', 'set pager "less -FRX"', 'set confirm off'],
  args: setArguments(SETTINGS),
  flags: [],
});
