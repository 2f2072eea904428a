// Before a call: warnings of what it will do besides, and a question before harm.

import { forTerminal } from '../print/sanitise.ts';
import { Refusal } from './errors.ts';
import { lookupIn } from './lookup.ts';
import type { Session } from './session.ts';
import type { CommandSpec, Forewarning, Given } from './spec.ts';

/**
 * Warns on a terminal, and asks where the session asks before harm. Throws Refusal when the answer is no, or when
 * nobody can be asked.
 */
export async function askFirst(command: CommandSpec, given: Given, request: object, session: Session, signal: AbortSignal): Promise<void> {
  const { io, manners, confirm } = session;
  const asksOf = manners.asks && command.harm !== undefined;
  const listens = manners.asks || (io.stderr.isTTY && !manners.quiet);
  if (!asksOf && !(listens && command.forewarn)) return;
  const nobody = (): Refusal =>
    new Refusal(`${command.name} is to be confirmed, but there is no terminal to ask on; give -yes if it is meant`);
  if (asksOf && !confirm) throw nobody();
  const lookup = lookupIn(session, signal);
  const warnings: readonly Forewarning[] = listens ? ((await command.forewarn?.(given, request, lookup)) ?? []) : [];
  const asks = asksOf || (manners.asks && warnings.some((w) => w.asks));
  if (asks && !confirm) throw nobody();
  const harm = asksOf ? ((await command.harm?.(given, request, lookup)) ?? []) : [];
  const lines = [...harm, ...warnings.map((w) => `warning: ${w.text}`)];
  await io.stderr.write(lines.map((line) => `${forTerminal(line)}\n`).join(''));
  if (asks && !(await confirm?.('Go on?'))) throw new Refusal('nothing was sent');
}
