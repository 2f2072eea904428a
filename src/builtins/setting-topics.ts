// The help topics about settings, generated from the table of settings.

import type { Topic } from '../command/registry.ts';
import type { Setting } from '../config/setting.ts';
import { describeSettings, fileSettings, settableSettings } from '../config/setting-lists.ts';

/** The texts of `help output` and `help config-file`. */
export function settingTopics(settings: readonly Setting[]): readonly Topic[] {
  return [
    {
      name: 'output',
      summary: 'format of answers, colors, pager and time limits: flags of every command',
      text: outputText(settings),
    },
    { name: 'config-file', summary: 'the configuration file and its profiles', text: fileText(settings) },
  ];
}

const outputText = (settings: readonly Setting[]): string => `The format of answers, and other flags of every command

-o FORM and --output FORM work before and after a command. Only after unlock-ddl-lock, -o is the owner: use --output there.
At the prompt, set output FORM changes the form until the shell ends.

  auto           the output of the original (default)
  json           the same as JSON. It is valid JSON even where the original's text of a failed check is not
  jsonl          one compact line per answer
  yaml           YAML
  table          rows. Those that need attention come first. Long values are cut
  wide           rows with all columns and complete values
  name           names for another command, one per line: tasks, locks, or workers that reported success
  jsonpath=PATH  the results of a JSONPath (RFC 9535), one per line: jsonpath=$.workers[*].worker

Flags of every command:

${describeSettings(
  settings.filter((s) => s.flag.everyLine),
  '--',
)}
--timeout 30s ends the whole command after 30 seconds with status 3. -rpc-timeout limits each call. With --color auto, only
a terminal has colors. NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR=0 change this. --pager COMMAND shows output that
is longer than the screen. Without it, $PAGER does so, but only for rows.

If you choose a format, standard output contains only answers. Other texts that the original prints there go to standard
error. The setting output in a configuration file affects only terminals. For a pipe, use the flag.
`;

const fileText = (settings: readonly Setting[]): string => `The configuration file

dmctl reads the file of -config FILE. Without the flag, it reads $XDG_CONFIG_HOME/dmctl/config.toml or
~/.config/dmctl/config.toml, if it exists. The format is TOML:

  master-addr = "127.0.0.1:8261"
  output = "table"

  [profiles.prod]
  master-addr = "172.16.10.71:8261"
  read-only = true

Settings with a text value:

${describeSettings(fileSettings(settings).filter((s) => s.kind === 'text'))}
Settings that are true or false:

${describeSettings(fileSettings(settings).filter((s) => s.kind === 'switch'))}
Each setting has a flag of the same name. At the prompt, set NAME VALUE changes these settings until the shell ends:

  ${settableSettings(settings)
    .map((s) => s.name)
    .join(', ')}

At the prompt, write on or off instead of true or false.

Choose a profile with -profile prod, with DMCTL_PROFILE, or with profile = "prod" in the file, which dmctl config use prod
writes. The prompt shows it. At the prompt, use prod switches to all settings of a profile, and use lists the profiles. Values
have this precedence: a flag, the environment, the profile, the rest of the file. A profile that is chosen with -profile
comes before the environment. Show the origin of each value with dmctl config show.
`;
