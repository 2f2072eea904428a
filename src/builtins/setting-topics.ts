// The help topics about settings, generated from the table of settings.

import type { Topic } from '../command/registry.ts';
import type { Setting } from '../config/setting.ts';
import { describeSettings, fileSettings, settableSettings } from '../config/setting-lists.ts';

/** The texts of `help output` and `help config-file`. */
export function settingTopics(settings: readonly Setting[]): readonly Topic[] {
  return [
    {
      name: 'output',
      summary: 'forms of an answer, colors, pager and time: flags of every command',
      text: outputText(settings),
    },
    { name: 'config-file', summary: 'the configuration file and its profiles', text: fileText(settings) },
  ];
}

const outputText = (settings: readonly Setting[]): string => `The form of an answer, and other flags of every command

-o FORM and --output FORM work before and after a command. Only after unlock-ddl-lock, -o is the owner: use --output there.
At the prompt, set output FORM changes the form until the shell ends.

  auto           what the original prints; the default
  json           the same as JSON, valid also where the original's text of a failed check is not
  jsonl          one compact line an answer
  yaml
  table          rows, what needs a hand first; long values are cut
  wide           rows with every column and every value whole
  name           what a further command takes, a line each: tasks, locks, workers by whom it was done
  jsonpath=PATH  what a JSONPath (RFC 9535) finds, a line each: jsonpath=$.workers[*].worker

Every command takes

${describeSettings(
  settings.filter((s) => s.flag.everyLine),
  '--',
)}
--timeout 30s ends the whole command after that time with status 3; -rpc-timeout is for each call. Where --color is auto,
NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR=0 count, and a terminal has colors. --pager COMMAND shows what is longer
than the screen; without it $PAGER does, for rows only.

Where a form was chosen, standard output has nothing but answers; what the original says there besides goes to standard
error. In a configuration file, output is for terminals: what goes into a pipe changes by the flag only.
`;

const fileText = (settings: readonly Setting[]): string => `The configuration file

-config FILE, or else $XDG_CONFIG_HOME/dmctl/config.toml, ~/.config/dmctl/config.toml where there is one. TOML:

  master-addr = "127.0.0.1:8261"
  output = "table"

  [profiles.prod]
  master-addr = "172.16.10.71:8261"
  read-only = true

Settings with a text:

${describeSettings(fileSettings(settings).filter((s) => s.kind === 'text'))}
Settings that are true or false:

${describeSettings(fileSettings(settings).filter((s) => s.kind === 'switch'))}
Each has a flag of the same name. At the prompt, set NAME VALUE changes these until the shell ends:

  ${settableSettings(settings)
    .map((s) => s.name)
    .join(', ')}

What is true or false in the file is on or off there.

-profile prod, DMCTL_PROFILE or a profile = "prod" in the file chooses a profile; the prompt shows it. What counts is, in
this order: a flag, the environment, the profile, the rest of the file. A profile that -profile names comes before the
environment. dmctl config show says where each value came from.
`;
