// Runs what a line asks for, whichever way it came in: a command line, a pipe or the prompt.

import { type BulkArgs, isBulk } from '../bulk/flags.ts';
import { CUT, Interrupted, TimedOut } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { ParsedArgs } from '../command/flags.ts';
import type { CommandSpec } from '../command/spec.ts';
import { optionsForLine } from '../config/line-options.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import { mapDecodeErrors } from '../invoke/invoke.ts';
import { report } from '../invoke/report.ts';
import type { Session } from '../invoke/session.ts';
import { buildRequest, commandContext, optionsForCommand, submit } from '../invoke/submit.ts';
import { openDeadline } from '../io/deadline.ts';
import { afterSending } from '../io/write-outcome.ts';
import { writeSafe } from '../io/write-safe.ts';
import { openRenderer } from '../output/renderer.ts';
import { completeLine, type Line } from './complete-line.ts';

export { openSession } from '../invoke/session.ts';

/**
 * Runs what a line asks for and reports its outcome. Mistakes in it are reported like those of the command.
 * @returns the status that a one-shot call would exit with
 * @throws PipeClosed when nobody reads the output any more
 */
export async function execute(line: Line, session: Session, signal: AbortSignal, runBuiltin: BuiltinRunner): Promise<number> {
  let failure: string | undefined;
  session.options = session.defaultOptions;
  try {
    const invocation = await completeLine(line, session, signal);
    if (invocation.kind === 'help') {
      await session.io.stdout.write(invocation.text);
      return EXIT_CODE.ok;
    }
    session.options = optionsForLine(invocation.parsed, session.defaultOptions);
    const { commandTimeoutMs } = session.options;
    const limit = commandTimeoutMs === undefined ? undefined : openDeadline(commandTimeoutMs);
    const until = limit ? AbortSignal.any([signal, limit.signal]) : signal;
    const endsAt = performance.now() + (commandTimeoutMs ?? 0);
    session.line = { signal: until, leftMs: () => (limit ? endsAt - performance.now() : undefined) };
    try {
      if (invocation.kind === 'builtin') return await runBuiltin(invocation, session, until);
      failure = invocation.command.failure?.(invocation.parsed);
      return await runCall(invocation.command, invocation.parsed, session, until);
    } catch (error) {
      throw limit && !signal.aborted && error instanceof Interrupted ? new TimedOut(commandTimeoutMs as number, error.note) : error;
    } finally {
      limit?.close();
    }
  } catch (error) {
    return await report(error, session, failure);
  }
}

async function runCall(command: CommandSpec, parsed: ParsedArgs, session: Session, signal: AbortSignal): Promise<number> {
  if (command.bulk && isBulk(parsed as BulkArgs)) {
    const { runBulk } = await import('../bulk/run.ts');
    return await runBulk(command, command.bulk, parsed as BulkArgs, session, signal);
  }
  session.options = optionsForCommand(command, parsed, session.options);
  const show = await openRenderer(session);
  if (parsed.flags.dryRun) {
    const { dryRun } = await import('../invoke/dry-run.ts');
    const request = await buildRequest(command, parsed, commandContext(session, true));
    await show(...dryRun(command, request, session.address, command.preflight?.(parsed, request)));
    return EXIT_CODE.ok;
  }
  const asked = await submit(command, parsed, session, signal);
  return await mapDecodeErrors(asked.type, async () => {
    const showing = signal.aborted ? Promise.reject(new Interrupted(CUT)) : show(asked.renderable, asked.compat);
    await showing.catch((error) => {
      throw asked.command.mutating ? afterSending(error, command.name, asked.status()) : error;
    });
    await printHints(await asked.hints(), session);
    return asked.status();
  });
}

async function printHints(hints: readonly string[], { io }: Session): Promise<void> {
  if (hints.length === 0) return;
  const { wrapText } = await import('../text/width.ts');
  const lines = [...new Set(hints)].map((hint) => `${wrapText(`hint: ${hint}`, (io.stderr.columns ?? 80) - 2).join('\n  ')}\n`);
  await writeSafe(io.stderr, lines.join(''));
}
