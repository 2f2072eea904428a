// Prints the completion script of a shell.

import { Refusal } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import { goQuote } from '../text/quote.ts';
import { SHELLS } from './completion.ts';
import type { Runner } from './index.ts';
import { bashScript } from './scripts/bash.ts';
import { fishScript } from './scripts/fish.ts';
import { powershellScript } from './scripts/powershell.ts';
import { type CommandTable, commandTable } from './scripts/table.ts';
import { zshScript } from './scripts/zsh.ts';

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (table: CommandTable) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints the script. Throws Refusal for a shell that is not known. */
export const runCompletion: Runner = async (given, { io, catalogue }, _signal, { program = [] }) => {
  const shell = SHELLS.find((s) => s === given.args[0]);
  if (!shell) throw new Refusal(`there is no script for ${goQuote(given.args[0] ?? '')}; one of ${SHELLS.join(', ')} is wanted`);
  await io.stdout.write(SCRIPTS[shell](commandTable(catalogue, program)));
  return STATUS.fine;
};
