// `config show`: the settings of this run and where each value came from. From DM 2.0 on `config` is a group of DM's own, so
// the command has a second name. `config use`: the default profile in the configuration file.

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

export const configUse = defineBuiltin({
  name: 'config use',
  usage: '[profile]',
  summary: 'write the default profile to the configuration file, or list the profiles',
  availability: 'both',
  fixesSettings: true,
  examples: ['config use', 'config use staging', 'config use --none'],
  args: { min: 0, max: 1, names: ['[profile]'], kinds: ['profile'] },
  flags: [{ name: 'none', kind: 'bool', usage: 'choose no profile by default', extension: true }],
});
