// Runs an invocation from a command line, a pipe or the shell.

import { type BulkArgs, isBulk, namesFiles } from '../bulk/flags.ts';
import { CUT, Interrupted, TimedOut } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { ParsedArgs } from '../command/flags.ts';
import { type CommandSpec, changesCluster } from '../command/spec.ts';
import { optionsForLine } from '../config/line-options.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import { openContext, type RunContext, withDeadline, withOptions, withOutput, withRegistry } from '../invoke/context.ts';
import { printHints, similarNames } from '../invoke/hints.ts';
import { hintsEnabled, mapDecodeErrors } from '../invoke/invoke.ts';
import { report } from '../invoke/report.ts';
import type { Session } from '../invoke/session.ts';
import { buildRequest, optionsForCommand, submit } from '../invoke/submit.ts';
import { openDeadline } from '../io/deadline.ts';
import type { Output } from '../io/io.ts';
import { afterSending } from '../io/write-outcome.ts';
import { writeHelp } from '../io/write-safe.ts';
import { openRenderer } from '../output/renderer.ts';
import { completeLine } from './complete-line.ts';
import { resolveLine } from './resolve-line.ts';

export { openSession } from '../invoke/session.ts';

/** Larger answers, in bytes, are not searched for unknown names. */
const MAX_SEARCHED = 1 << 20;

/**
 * Runs an invocation and reports the outcome, including mistakes in the line.
 * @param output where answers go instead of standard output
 * @returns the status that a one-shot call would exit with
 * @throws PipeClosed if the reader of the output is gone
 */
export async function execute(
  words: readonly string[],
  session: Session,
  signal: AbortSignal,
  runBuiltin: BuiltinRunner,
  output?: Output,
): Promise<number> {
  const context = openContext(session, signal);
  return await executeIn(words, output ? withOutput(context, output) : context, runBuiltin);
}

/** The same in a context that exists, such as that of a command that runs others. */
export async function executeIn(words: readonly string[], base: RunContext, runBuiltin: BuiltinRunner): Promise<number> {
  let context = base;
  let failure: string | undefined;
  try {
    const line = await resolveLine(words, context);
    context = withRegistry(context, line.registry);
    const invocation = await completeLine(words, line, context);
    if (invocation.kind === 'help') {
      await writeHelp(context.io.stdout, invocation.text, invocation.columns);
      return EXIT_CODE.ok;
    }
    context = withOptions(context, optionsForCommand(invocation, optionsForLine(invocation.parsed, context.options)));
    if (invocation.kind === 'call') failure = invocation.command.failure?.(invocation.parsed);
    return await inTime(context, (limited) =>
      invocation.kind === 'builtin' ? runBuiltin(invocation, limited) : runCall(invocation.command, invocation.parsed, limited),
    );
  } catch (error) {
    return await report(error, context, failure);
  }
}

/** Runs a function within the timeout of the line. Throws TimedOut. */
async function inTime<T>(context: RunContext, use: (limited: RunContext) => Promise<T>): Promise<T> {
  const { commandTimeoutMs } = context.options;
  if (commandTimeoutMs === undefined) return await use(context);
  const limit = openDeadline(commandTimeoutMs);
  try {
    return await use(withDeadline(context, limit.signal, commandTimeoutMs));
  } catch (error) {
    throw !context.signal.aborted && error instanceof Interrupted ? new TimedOut(commandTimeoutMs, error.note) : error;
  } finally {
    limit.close();
  }
}

async function runCall(command: CommandSpec, parsed: ParsedArgs, context: RunContext): Promise<number> {
  if (command.lints && hintsEnabled(context) && context.session.detected) {
    const { lintBefore } = await import('../builtins/lint/before.ts');
    await lintBefore(command.lints, parsed.args, context);
  }
  if (command.bulk && isBulk(parsed as BulkArgs)) {
    const { runBulk } = await import('../bulk/run.ts');
    return await runBulk(command, command.bulk, parsed as BulkArgs, context);
  }
  if (command.manyFiles && namesFiles(command, parsed)) {
    const { runFiles } = await import('../bulk/files.ts');
    return await runFiles(command, command.manyFiles, parsed, context);
  }
  const steps = command.steps?.(parsed);
  if (steps && !parsed.flags.dryRun) {
    const { runSteps } = await import('../invoke/run-steps.ts');
    return await runSteps(command, parsed, steps, context);
  }
  const show = await openRenderer(context);
  if (parsed.flags.dryRun) {
    const { dryRun } = await import('../invoke/dry-run.ts');
    const request = await buildRequest(command, parsed, context, true);
    await show(...dryRun(command, request, context.session.address, command.preflight?.(parsed, request)));
    return EXIT_CODE.ok;
  }
  const asked = await submit(command, parsed, context);
  return await mapDecodeErrors(asked.type, async () => {
    const showing = context.signal.aborted ? Promise.reject(new Interrupted(CUT)) : show(asked.renderable, asked.compat);
    await showing.catch((error) => {
      throw changesCluster(asked.command, parsed) ? afterSending(error, command.name, asked.status()) : error;
    });
    const similar = asked.answer.length > MAX_SEARCHED ? [] : await similarNames(() => [asked.decoded()], context);
    const status = asked.status();
    // A similar name explains the failure better than the general hints.
    const more = similar.length > 0 && status !== EXIT_CODE.ok ? [] : await asked.hints();
    await printHints([...similar, ...more], context);
    return status;
  });
}
