// Prints the completion script of a shell.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { bashScript } from '../../completion/shells/bash.ts';
import { fishScript } from '../../completion/shells/fish.ts';
import { mergeRegistries } from '../../completion/shells/merge-registries.ts';
import { powershellScript } from '../../completion/shells/powershell.ts';
import { type CommandTable, commandTable } from '../../completion/shells/table.ts';
import { zshScript } from '../../completion/shells/zsh.ts';
import { goQuote } from '../../text/quote.ts';
import type { Runner } from '../index.ts';
import type { completion } from './command.ts';
import { SHELLS } from './command.ts';

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (table: CommandTable) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints the script. Throws Refusal for an unknown shell. */
export const runCompletion: Runner<typeof completion> = async (parsed, { io, session }, { program = [] }) => {
  const shell = SHELLS.find((s) => s === parsed.args[0]);
  if (!shell) throw new Refusal(`no completion script for shell ${goQuote(parsed.args[0] ?? '')}. Use one of ${SHELLS.join(', ')}`);
  const { initial, of } = session.registries;
  const every = mergeRegistries([initial, await of({ generation: 'v2', release: undefined })]);
  await io.stdout.write(SCRIPTS[shell](commandTable(every, program)));
  return EXIT_CODE.ok;
};
