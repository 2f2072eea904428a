// Our own commands and what runs them.

import type { OwnRunner } from '../core/execute.ts';
import type { OwnCommand } from '../core/find-command.ts';
import { STATUS } from '../core/outcome.ts';
import { exit } from './exit.ts';
import { sandbox } from './sandbox.ts';

const OWN: readonly OwnCommand[] = [exit, sandbox];

/** The commands that a way in knows. */
export function ownCommands(where: 'one-shot' | 'lines'): readonly OwnCommand[] {
  return OWN.filter((c) => c.where === where || c.where === 'both');
}

/** Runs one of them. */
export const runOwn: OwnRunner = async (command, given, session, signal) => {
  if (command !== sandbox) return STATUS.fine;
  const { runSandbox } = await import('./run-sandbox.ts');
  return await runSandbox(given, session, signal);
};
