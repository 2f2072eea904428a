// `config show`: the settings of this run and where each value came from. From DM 2.0 on `config` is a group of DM's own, so
// the command has a second name.

import { defineBuiltin } from '../../command/registry.ts';

const show = (name: string) =>
  defineBuiltin({
    name,
    usage: '',
    summary: 'show the settings, and where each came from: flag, environment, profile, file or default',
    availability: 'both',
    examples: [name, `${name} --output json`],
    args: { min: 0, max: 0, names: [] },
    flags: [],
  });

export const configShow = show('config show');
export const settings = show('settings');
