// The commands that a command line has, and those of the shell and of piped lines.

import { topics } from '../builtins/help-topics.ts';
import { builtinsElsewhere, builtinsFor } from '../builtins/index.ts';
import { type CommandRegistry, LEAVE_WORDS } from '../command/registry.ts';
import type { Dialect } from '../command/spec.ts';

export function registryOfCommandLine(dialect: Dialect): CommandRegistry {
  return { dialect, builtins: builtinsFor('one-shot'), topics, elsewhere: builtinsElsewhere('one-shot') };
}

export function registryOfLines(dialect: Dialect): CommandRegistry {
  return { dialect, builtins: builtinsFor('lines'), topics, elsewhere: builtinsElsewhere('lines'), leave: LEAVE_WORDS };
}
