// Our own commands and what runs them.

import type { OwnRunner } from '../core/execute.ts';
import type { OwnCommand } from '../core/find-command.ts';
import { sandbox } from './sandbox.ts';

const OWN: readonly OwnCommand[] = [sandbox];

/** The commands that a way in knows. */
export function ownCommands(where: 'one-shot' | 'lines'): readonly OwnCommand[] {
  return OWN.filter((c) => c.where === where || c.where === 'both');
}

/** Runs one of them. */
export const runOwn: OwnRunner = async (_command, given, session, signal) => {
  const { runSandbox } = await import('./run-sandbox.ts');
  return await runSandbox(given, session, signal);
};
