// Runs a command of one task file for several files: one call per file, one after the other, each once.

import { Interrupted, NOT_SENT } from '../command/errors.ts';
import type { CommandSpec, ManyFilesSpec, ParsedArgs } from '../command/spec.ts';
import type { RunContext } from '../invoke/context.ts';
import { createLookup } from '../invoke/lookup.ts';
import { commandContext, refuseEmptyTargets, refuseIfReadOnly, warnIgnoredTargets } from '../invoke/submit.ts';
import { readTaskFiles, withTexts } from '../invoke/task-files.ts';
import { openRenderer } from '../output/renderer.ts';
import { type Call, carryOut } from './run.ts';

/** Runs a command for several task files and returns the status. Throws an error if nothing was sent, and Interrupted. */
export async function runFiles(command: CommandSpec, many: ManyFilesSpec, parsed: ParsedArgs, context: RunContext): Promise<number> {
  const dry = parsed.flags.dryRun === true;
  if (!dry) refuseIfReadOnly(command, parsed, context);
  refuseEmptyTargets(command, parsed, context);
  const given = commandContext(context, dry);
  await warnIgnoredTargets(command, parsed, context, given);
  const show = await openRenderer(context);
  const files = await readTaskFiles(command, parsed.args, context);
  const calls: Call[] = [];
  const workers = command.takesTargets ? parsed.targets : [];
  for (const file of files) {
    const one: ParsedArgs = { ...parsed, args: [file.path] };
    const request = await command.request(one, withTexts(given, file));
    const item = { task: file.task, file: file.path, workers };
    calls.push({ item, parsed: one, request, outcome: { ...item, status: 'not sent', results: [] }, value: { error: 'not sent' } });
  }
  if (context.signal.aborted) throw new Interrupted(NOT_SENT);
  const asks = command.mutating && context.options.confirmImpact && !dry;
  const impact = asks ? await impactOf(command, calls, context) : [];
  const plan = { items: calls.map((call) => call.item), skipped: [], unreachable: [] };
  return await carryOut({ command, many: { ...many, impact }, plan, calls, width: 1, idle: '', asks, dry }, show, context);
}

/** What the calls will do, each line once. */
async function impactOf(command: CommandSpec, calls: readonly Call[], context: RunContext): Promise<readonly string[]> {
  const lines = new Set<string>();
  for (const { parsed, request } of calls) {
    for (const line of (await command.impact?.(parsed, request, createLookup(context))) ?? []) lines.add(line);
  }
  return [...lines];
}
