// Before a call: warnings of what it will do besides, and a question before harm.

import { forTerminal } from '../print/sanitise.ts';
import { Refusal } from './errors.ts';
import { lookupIn } from './lookup.ts';
import { settleGeneration } from './send.ts';
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
  if (asksOf) {
    someone(command, session);
    await settleGeneration(session, signal);
  }
  const lookup = lookupIn(session, signal);
  const warnings: readonly Forewarning[] = listens ? ((await command.forewarn?.(given, request, lookup)) ?? []) : [];
  const asks = asksOf || (manners.asks && warnings.some((w) => w.asks));
  if (asks) someone(command, session);
  const harm = asksOf ? ((await command.harm?.(given, request, lookup)) ?? []) : [];
  const lines = [...harm, ...warnings.map((w) => `warning: ${w.text}`)];
  await io.stderr.write(lines.map((line) => `${forTerminal(line)}\n`).join(''));
  if (asks && !(await confirm?.('Go on?'))) throw new Refusal('nothing was sent');
}

/** Shows what will be done, and asks. Throws Refusal as above. */
export async function confirmFirst(command: CommandSpec, lines: readonly string[], session: Session): Promise<void> {
  const confirm = someone(command, session);
  await session.io.stderr.write(lines.map((line) => `${forTerminal(line)}\n`).join(''));
  if (!(await confirm('Go on?'))) throw new Refusal('nothing was sent');
}

/** Who is asked. Throws Refusal where there is nobody. */
export function someone({ name }: CommandSpec, { confirm }: Session): NonNullable<Session['confirm']> {
  if (confirm) return confirm;
  throw new Refusal(`${name} is to be confirmed, but there is no terminal to ask on; give -yes if it is meant`);
}
