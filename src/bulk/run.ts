// Runs a command for many tasks: shows the plan and asks; makes one call per task, some in parallel, each once;
// then shows a table of results. It depends on a command only through its spec.

import { Interrupted, NOT_SENT, Refusal, RpcError, UsageError, WriteFailed } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { BulkSpec, CommandContext, CommandSpec, ParsedArgs } from '../command/spec.ts';
import type { SubTask } from '../domain/cluster.ts';
import { settleGeneration } from '../invoke/call.ts';
import { fetchCluster } from '../invoke/cluster-status.ts';
import { confirmLines, requireTerminal } from '../invoke/confirm.ts';
import type { RunContext } from '../invoke/context.ts';
import { dryRuns, plannedCall } from '../invoke/dry-run.ts';
import { printHints, similarNames } from '../invoke/hints.ts';
import { hintsEnabled, invoke, mapDecodeErrors } from '../invoke/invoke.ts';
import { createLookup } from '../invoke/lookup.ts';
import { report } from '../invoke/report.ts';
import { commandContext, refuseIfReadOnly } from '../invoke/submit.ts';
import { writeMessage, writeSafe } from '../io/write-safe.ts';
import { bar } from '../output/progress/bar.ts';
import { renderableList } from '../output/renderable.ts';
import { openRenderer, type Renderable } from '../output/renderer.ts';
import { bulkView, type TaskResult } from '../presenters/bulk.ts';
import { count } from '../text/quantity.ts';
import { goQuote } from '../text/quote.ts';
import { inOneLine } from '../text/sanitize.ts';
import { decode } from '../wire/decode.ts';
import { forEachLimited } from './concurrency.ts';
import { type BulkArgs, selectsUnnamedTasks } from './flags.ts';
import { formatPlan, formatRemainder } from './format-plan.ts';
import { createPlan, needsCluster, type Plan, type PlanItem, type SelectionRule } from './plan.ts';

const WIDTH = 4;
const MAX_WIDTH = 64;

/** A task of the plan with its call, before and after it is made. */
export interface Call {
  readonly item: PlanItem;
  readonly parsed: ParsedArgs;
  readonly request: object;
  outcome: TaskResult;
  /** The answer as a plain value, or a replacement. */
  value: { readonly answer: unknown } | { readonly error: string };
}

/** Runs a command for many tasks and returns the status. Throws an error if nothing was sent, and Interrupted if it was stopped. */
export async function runBulk(command: CommandSpec, many: BulkSpec, parsed: BulkArgs, context: RunContext): Promise<number> {
  const width = widthOf(parsed.flags.parallel ?? '');
  if (parsed.flags.all && parsed.args.length > 0) throw new Refusal(`--all selects every task. ${NOT_SENT}. Leave out the names or --all`);
  const dry = parsed.flags.dryRun;
  if (!dry) refuseIfReadOnly(command, parsed, context);
  const show = await openRenderer(context);
  const plan = await planFor(command, many, parsed, context);
  if (!plan) return EXIT_CODE.failed;
  const calls = await callsFor(command, plan, parsed, commandContext(context, dry));
  if (context.signal.aborted) throw new Interrupted();
  const idle = `nothing to do: ${parsed.flags.problems ? 'no sub task is paused by an error' : idleText(many)}`;
  const asks = context.options.confirmImpact || (context.options.asksMany && selectsUnnamedTasks(parsed));
  return await carryOut({ command, many, plan, calls, width, idle, asks, dry: dry === true }, show, context);
}

/** A plan with its calls, ready to be carried out. */
export interface Undertaking {
  readonly command: CommandSpec;
  readonly many: Pick<BulkSpec, 'warnings' | 'impact' | 'results'>;
  readonly plan: Plan;
  readonly calls: readonly Call[];
  /** How many calls to make at a time. */
  readonly width: number;
  /** The text if there is nothing to do. */
  readonly idle: string;
  /** Whether to ask before the first call. */
  readonly asks: boolean;
  /** Whether to show the calls instead of making them. */
  readonly dry: boolean;
}

/** Shows the plan, asks, makes the calls and shows their results. Returns the status. Throws as runBulk. */
export async function carryOut(what: Undertaking, show: Awaited<ReturnType<typeof openRenderer>>, context: RunContext): Promise<number> {
  const { command, many, plan, calls, width, idle, dry } = what;
  if (dry) {
    const lines = calls.length > 0 ? formatPlan(command.name, plan, width, true) : [idle, ...formatRemainder(plan)];
    const sendings = calls.map((c) => ({ name: c.item.task, sending: plannedCall(command, c.request) }));
    await show(...dryRuns(sendings, lines));
    return plan.unreachable.length > 0 ? EXIT_CODE.failed : EXIT_CODE.ok;
  }
  if (calls.length > 0) await settleGeneration(context);
  await announce(what, context);
  if (context.signal.aborted) throw new Interrupted();
  await makeCalls(command, many, calls, width, context);
  const shown = shownCalls(calls, context.options.format.kind === 'name', idle);
  const fates = calls.map((c) => c.outcome.status);
  await show(shown, shown.json).catch((error) => {
    if (!(error instanceof WriteFailed)) throw error;
    const done = fates.filter((fate) => fate === 'done').length;
    throw new WriteFailed(error.message, `${command.name} was carried out for ${done} of ${count(calls.length, 'task')}`);
  });
  const answers = calls.flatMap(({ value }) => ('answer' in value ? [value.answer as object] : []));
  await printHints(await similarNames(() => answers, context), context);
  if (context.signal.aborted && fates.some((f) => f === 'unknown' || f === 'not sent')) throw new Interrupted();
  return plan.unreachable.length > 0 || fates.some((f) => f !== 'done') ? EXIT_CODE.failed : EXIT_CODE.ok;
}

function idleText({ stateName }: BulkSpec): string {
  return stateName === '' ? 'there are no sub tasks' : `no sub task is ${stateName}`;
}

function widthOf(text: string): number {
  if (text === '') return WIDTH;
  const width = /^[0-9]+$/.test(text) ? Number(text) : 0;
  if (width < 1 || width > MAX_WIDTH) throw new UsageError(`invalid --parallel ${goQuote(text)}: use a number from 1 to ${MAX_WIDTH}`);
  return width;
}

/** Builds the plan; undefined, after an error message, if the master does not report the state of the cluster. */
async function planFor(command: CommandSpec, many: BulkSpec, parsed: BulkArgs, context: RunContext): Promise<Plan | undefined> {
  const problems = parsed.flags.problems === true;
  const rule: SelectionRule = {
    applies: (problems && many.isProblem) || many.appliesTo,
    named: problems,
    ...(problems && { leavesPaused: (s: SubTask) => s.stage === 'Paused' && s.health === 'held' }),
  };
  const asked = { names: parsed.args, workers: parsed.targets };
  if (!needsCluster(asked, rule)) return createPlan(asked, rule);
  const untold = 'cannot list the tasks:\n';
  try {
    const cluster = await fetchCluster(context, { label: command.name });
    if (cluster.refused === '') return createPlan(asked, rule, cluster);
    await writeSafe(context.io.stderr, `${untold}${cluster.refused}\n`);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    await report(error, context, untold);
  }
  return undefined;
}

/** The calls of a plan, each as if its task had been typed alone. Throws the command's own errors before anything is sent. */
async function callsFor(command: CommandSpec, { items }: Plan, parsed: BulkArgs, context: CommandContext): Promise<Call[]> {
  const calls: Call[] = [];
  for (const item of items) {
    const one: BulkArgs = { ...parsed, args: [item.task], targets: item.workers };
    const request = await command.request(one, context);
    const outcome: TaskResult = { ...item, status: 'not sent', results: [] };
    calls.push({ item, parsed: one, request, outcome, value: { error: 'not sent' } });
  }
  return calls;
}

/** Shows the plan and warnings, and asks if necessary. Throws Refusal. */
async function announce({ command, many, plan, width, asks }: Undertaking, context: RunContext): Promise<void> {
  const { io, options } = context;
  const write = async (lines: readonly string[]): Promise<void> => {
    if (!options.quiet) await writeMessage(io.stderr, lines.map((line) => `${line}\n`).join(''));
  };
  if (plan.items.length === 0) return await write(formatRemainder(plan));
  if (asks) requireTerminal(command, context);
  const tasks = plan.items.map((i) => i.task);
  const heard = many.warnings && (asks || hintsEnabled(context));
  const warnings = heard ? ((await many.warnings?.(tasks, createLookup(context))) ?? []) : [];
  const harm = asks ? (many.impact ?? []) : [];
  const lines = [...formatPlan(command.name, plan, width), ...harm, ...warnings.map((w) => inOneLine(`warning: ${w.text}`))];
  if (asks) await confirmLines(command, lines, context);
  else await write(lines);
}

async function makeCalls(
  command: CommandSpec,
  many: Undertaking['many'],
  calls: readonly Call[],
  width: number,
  context: RunContext,
): Promise<void> {
  const { io, options } = context;
  const shows = !options.quiet && io.stderr.isTTY && io.env.TERM !== 'dumb';
  const progress = shows ? bar(io.stderr, command.name, calls.length) : undefined;
  let done = 0;
  try {
    await forEachLimited(
      width,
      calls,
      () => context.signal.aborted,
      async (call) => {
        progress?.at(done, call.item.task);
        await make(command, many, call, context);
        done += 1;
        progress?.at(done, call.item.task);
      },
    );
  } finally {
    await progress?.stop();
  }
}

/** Makes one call, once, and records the result. A failure does not stop the others. */
async function make(command: CommandSpec, many: Undertaking['many'], call: Call, context: RunContext): Promise<void> {
  const { item, parsed } = call;
  try {
    const failed = await preflightFailure(command, call, context);
    if (failed) {
      call.outcome = { ...item, status: 'failed', results: failed };
      call.value = { error: failed.map((f) => f.text).join('\n') };
      return;
    }
    const asked = await invoke(command, parsed, call.request, context);
    await mapDecodeErrors(asked.type, async () => {
      call.value = { answer: asked.renderable.value() };
      const outcomes = await many.results(decode(asked.type, asked.answer) as never);
      call.outcome = { ...item, status: asked.status() === EXIT_CODE.ok ? 'done' : 'failed', results: outcomes };
    });
  } catch (error) {
    const text = (error as Error).message;
    if (error instanceof Interrupted) {
      call.outcome = { ...item, status: 'unknown', results: [] };
      call.value = { error: 'unknown: interrupted before the answer arrived' };
      return;
    }
    call.outcome = { ...item, status: 'failed', results: [{ worker: '', ok: false, text }] };
    call.value = { error: text };
  }
}

/** The results of the call that must succeed first; undefined if it did, or if there is none. Throws RpcError, Interrupted. */
async function preflightFailure(
  command: CommandSpec,
  { parsed, request }: Call,
  context: RunContext,
): Promise<TaskResult['results'] | undefined> {
  const before = command.preflight?.(parsed, request);
  if (!before) return undefined;
  const asked = await invoke(before.command, parsed, before.request, context);
  return await mapDecodeErrors(asked.type, async () => {
    if (asked.status() === EXIT_CODE.ok) return undefined;
    const results = (await before.command.manyFiles?.results(asked.decoded() as never)) ?? [];
    return results.map((result) => ({ ...result, text: `${before.command.name} did not pass. ${before.ifRejected}: ${result.text}` }));
  });
}

function shownCalls(calls: readonly Call[], names: boolean, idle: string): Renderable {
  const outcomes = calls.map((c) => c.outcome);
  const values = calls.map(({ item, value }) => ({ ...item, ...value }));
  // Names are input for a further command, so only finished tasks are listed.
  return renderableList(values, () => bulkView(names ? outcomes.filter((o) => o.status === 'done') : outcomes, idle));
}
