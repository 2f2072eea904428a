// Takes a parsed command to its answer: read-only check, the request, the preflight, the confirmation, the call.

import type { Invocation } from '../args/parse.ts';
import { type BulkArgs, isBulk, namesFiles } from '../bulk/flags.ts';
import { Interrupted, NOT_SENT, Refusal } from '../command/errors.ts';
import type { ParsedArgs } from '../command/flags.ts';
import { selectsRows } from '../command/row-selection.ts';
import type { RunOptions } from '../command/run-options.ts';
import { type CommandContext, type CommandSpec, changesCluster } from '../command/spec.ts';
import { readTextFile } from '../io/text-file.ts';
import { unsent } from '../io/write-outcome.ts';
import { writeMessage, writeSafe } from '../io/write-safe.ts';
import { confirmCall } from './confirm.ts';
import type { RunContext } from './context.ts';
import { type CallResult, invoke, isStructured } from './invoke.ts';
import { withStandardInput } from './task-files.ts';

/** Checks the arguments, makes the call, and returns the answer. Throws Refusal, InputError, RpcError, Interrupted. */
export async function submit(command: CommandSpec, parsed: ParsedArgs, context: RunContext): Promise<CallResult> {
  refuseIfReadOnly(command, parsed, context);
  const request = await buildRequest(command, parsed, context);
  if (context.signal.aborted) throw new Interrupted(NOT_SENT);
  const before = command.preflight?.(parsed, request);
  if (before) {
    const { runPreflight } = await import('./preflight.ts');
    const no = await runPreflight(before, parsed, context);
    if (no) return no;
  }
  await confirmCall(command, parsed, request, context);
  return await invoke(command, parsed, request, context, command.name);
}

/** Throws Refusal for a command that changes the cluster in read-only mode. */
export function refuseIfReadOnly(command: CommandSpec, parsed: ParsedArgs, context: RunContext): void {
  if (changesCluster(command, parsed)) refuseChange(command.name, context);
}

/** Throws Refusal for something that changes the cluster in read-only mode. */
export function refuseChange(name: string, { options }: RunContext): void {
  const why = options.readOnlyReason ?? `read-only is on. ${NOT_SENT}. Turn off read-only to allow it`;
  if (options.readOnly) throw new Refusal(`${name} changes the cluster, but ${why}`);
}

/** An empty name in the target selector would mean other targets than intended, or all of them. Throws Refusal. */
export function refuseEmptyTargets(command: CommandSpec, parsed: ParsedArgs, { registry }: RunContext): void {
  const { name, short } = registry.dialect.targetSelector;
  const { targets, given } = parsed;
  if (!changesCluster(command, parsed) || !given.has(name) || (targets.length > 0 && !targets.includes(''))) return;
  throw new Refusal(`-${short} has an empty name. Write -${short} NAME, or leave it out for all. Nothing was sent`);
}

/** Builds the request. `dry`: it is only shown. Throws Refusal, InputError. */
export async function buildRequest(command: CommandSpec, parsed: ParsedArgs, context: RunContext, dry = false): Promise<object> {
  refuseEmptyTargets(command, parsed, context);
  const given = commandContext(context, dry);
  await warnIgnoredTargets(command, parsed, context, given);
  return await command.request(parsed, withStandardInput(given, command, parsed, context));
}

/** Warns about targets of a command that has none. */
export async function warnIgnoredTargets(
  command: CommandSpec,
  { targets }: ParsedArgs,
  { registry }: RunContext,
  { warn }: CommandContext,
): Promise<void> {
  const { short } = registry.dialect.targetSelector;
  if (targets.length > 0 && !command.takesTargets) await warn(`-${short} has no effect on ${command.name} and is ignored`);
}

/**
 * The options of a line, with the command's own default format if none was chosen. Throws Refusal for a selection of rows with
 * a command that changes the cluster: it would look like a selection of what to change.
 */
export function optionsForCommand(invocation: Exclude<Invocation, { kind: 'help' }>, options: RunOptions): RunOptions {
  const selects = selectsRows(options);
  if (selects && invocation.kind === 'call' && changesCluster(invocation.command, invocation.parsed)) {
    const { name } = invocation.command;
    throw new Refusal(`--sort-by, --columns and --filter select what is shown, but ${name} changes the cluster. ${NOT_SENT}`);
  }
  return (selects || prefersTable(invocation)) && !isStructured({ options }) ? { ...options, format: { kind: 'table' } } : options;
}

function prefersTable(invocation: Exclude<Invocation, { kind: 'help' }>): boolean {
  if (invocation.kind === 'builtin') return invocation.command.prefersTable ?? false;
  const { command, parsed } = invocation;
  if (namesFiles(command, parsed) || (command.bulk && isBulk(parsed as BulkArgs))) return !parsed.flags.dryRun;
  return command.prefersTable?.(parsed) ?? false;
}

/** What a command may use of the session. A dry run prints no text of the original beside the request. */
export function commandContext(context: RunContext, dry = false): CommandContext {
  const { io, options, session } = context;
  return {
    readText: (path, mayBeEmpty) => readTextFile(io, path, context.signal, mayBeEmpty),
    printRemark: (text) => unsent(writeSafe(dry || isStructured(context) ? io.stderr : io.stdout, `${text}\n`)),
    warn: async (text) => {
      if (!options.quiet) await writeMessage(io.stderr, `warning: ${text}\n`);
    },
    preview: async (title, pieces) => {
      if (options.quiet) return;
      if (session.mode === 'one-shot' || options.confirmImpact || !io.stderr.isTTY) return; // a question shows them itself
      await writeSafe(io.stderr, `${title}:\n${pieces.map((p, i) => `  ${i + 1}. ${p.trim()}\n`).join('')}`);
    },
  };
}
