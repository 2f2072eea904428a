// Warnings before a call, and the confirmation of dangerous commands.

import { NOT_SENT, Refusal } from '../command/errors.ts';
import type { CommandSpec, Lookup, ParsedArgs, Warning } from '../command/spec.ts';
import { writeMessage } from '../io/write-safe.ts';
import { settleGeneration } from './call.ts';
import type { RunContext } from './context.ts';
import { createLookup } from './lookup.ts';
import type { Session } from './session.ts';

/**
 * Warns on a terminal, and asks if confirmations are on and the line is dangerous. Throws Refusal if the answer is no, or if no user
 * can answer.
 */
export async function confirmCall(command: CommandSpec, parsed: ParsedArgs, request: object, context: RunContext): Promise<void> {
  const { io, options, ask } = context;
  const listens = options.confirmImpact || (io.stderr.isTTY && !options.quiet);
  const confirms = options.confirmImpact || (options.asksMany && command.selectsUnnamed?.(parsed) === true);
  const harm = confirms ? await impactOf(command, parsed, request, context) : [];
  const warnings: readonly Warning[] = listens ? ((await command.warnings?.(parsed, request, createLookup(context))) ?? []) : [];
  const asks = harm.length > 0 || (options.confirmImpact && warnings.some((w) => w.requiresConfirmation));
  if (asks) requireTerminal(command, context);
  const lines = [...harm, ...warnings.map((w) => `warning: ${w.text}`)];
  if (lines.length > 0) await writeMessage(io.stderr, lines.map((line) => `${line}\n`).join(''));
  if (asks && !(await ask?.('Continue?'))) throw new Refusal(NOT_SENT);
}

/** What a line will do; nothing if it is harmless. Nothing is fetched for a question that no user can answer. Throws Refusal. */
async function impactOf(command: CommandSpec, parsed: ParsedArgs, request: object, context: RunContext): Promise<readonly string[]> {
  if (!command.impact) return [];
  const prepare = async (): Promise<void> => {
    requireTerminal(command, context);
    await settleGeneration(context);
  };
  const lookup = createLookup(context);
  const prepared: Lookup = async (...query) => {
    await prepare();
    return await lookup(...query);
  };
  const lines = await command.impact(parsed, request, prepared);
  if (lines.length > 0) await prepare();
  return lines;
}

/** Shows the impact and asks. Throws Refusal as above. */
export async function confirmLines(command: CommandSpec, lines: readonly string[], context: RunContext): Promise<void> {
  const confirm = requireTerminal(command, context);
  await writeMessage(context.io.stderr, lines.map((line) => `${line}\n`).join(''));
  if (!(await confirm('Continue?'))) throw new Refusal(NOT_SENT);
}

/** The function that asks. Throws Refusal if no user can answer. */
export function requireTerminal({ name }: CommandSpec, { ask }: RunContext): NonNullable<Session['ask']> {
  if (ask) return ask;
  throw new Refusal(`${name} must be confirmed, but there is no terminal to ask on. ${NOT_SENT}. Use -yes to confirm it in advance`);
}
