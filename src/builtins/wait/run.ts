// `wait` polls the state of the cluster until an evaluator reaches a verdict.

import { NOT_SENT, Refusal, TimedOut } from '../../command/errors.ts';
import { parseLagLimit } from '../../command/lag-limit.ts';
import type { Dialect, FlushSpec } from '../../command/spec.ts';
import type { Cluster } from '../../domain/cluster.ts';
import type { LagLimit } from '../../domain/lag-limit.ts';
import { isSelection } from '../../domain/task-names.ts';
import { WAIT_CONDITIONS, type WaitCondition } from '../../domain/wait-conditions.ts';
import { createWaitEvaluator, type Round, type WaitState, type WaitTarget } from '../../domain/wait-evaluator.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import { printHints } from '../../invoke/hints.ts';
import { hintsEnabled } from '../../invoke/invoke.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { renderableList, renderableValue } from '../../output/renderable.ts';
import { openRenderer, type Renderer } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { didYouMean } from '../../text/nearest.ts';
import { formatDuration } from '../../text/quantity.ts';
import { goQuote } from '../../text/quote.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import { intervalOf, pause } from '../interval.ts';
import { afterWait } from './after-wait.ts';
import type { wait } from './command.ts';
import { flushNow, flushOf, mayFlush } from './flush.ts';
import { look } from './look.ts';
import { outcomeOf, type TaskState, type WaitOutcome, waitForMany, whyOf } from './many.ts';
import { openWaitProgress, type WaitProgress } from './progress.ts';

const EVERY_MS = 1000;
/** A master waits up to 30 s for a worker before it answers without it. */
const CALL_MS = 40_000;
/** Poll all workers again after so many rounds: the task may have been started on another worker. */
const ALL_AGAIN = 15;

/** Runs `wait`. Throws Refusal, and RpcError if the master does not implement the call. */
export const runWait: Runner<typeof wait> = async (parsed, context) => {
  const { args, flags } = parsed;
  const { dialect } = context.registry;
  if (flags.any && flags.all) throw new Refusal(`--any and --all exclude each other. ${NOT_SENT}. Use one of them`);
  const maxLag = parseLagLimit(flags.maxLag, dialect);
  const target: Omit<WaitTarget, 'task'> = {
    condition: conditionOf(flags.for, maxLag, dialect),
    workers: parsed.targets,
    maxLag,
    commands: dialect.waitCommands,
  };
  const intervalMs = intervalOf(parsed, context.io.env, EVERY_MS);
  const many = isSelection(args);
  if (many && flags.flush) throw new Refusal(`--flush works with one task. ${NOT_SENT}. Wait for each task in a line of its own`);
  const flush = flushOf(parsed, target.condition, context);
  const show = await openRenderer(context);
  const began = performance.now();
  const limited = withCallLimit(context);
  const result = many
    ? await waitForMany({ ...target, names: args, any: flags.any }, limited, intervalMs)
    : [{ task: args[0] ?? '', state: await untilOver({ ...target, task: args[0] ?? '' }, flush, limited, intervalMs) }];
  const seconds = (performance.now() - began) / 1000;
  const outcome = outcomeOf(result, flags.any, context.signal);
  await showResult(result, target, many, context, { show, seconds, outcome });
  return await afterWait(outcome, result, flags.exec, context, seconds);
};

/** The condition; running if only a lag was given. Throws Refusal. */
function conditionOf(text: string, maxLag: LagLimit | undefined, { name, reportsValidation }: Dialect): WaitCondition {
  const condition = text === '' && maxLag ? 'running' : WAIT_CONDITIONS.find((one) => one === text);
  if (!condition) {
    const what = text === '' ? '--for is missing' : `invalid --for ${goQuote(text)}`;
    throw new Refusal(`${what}. ${NOT_SENT}. Use one of ${WAIT_CONDITIONS.join(', ')}`);
  }
  if (maxLag && condition !== 'running') throw new Refusal(`--max-lag works with --for running, not with ${condition}. ${NOT_SENT}`);
  if (condition === 'validated' && !reportsValidation) {
    throw new Refusal(`${name} does not report the validation of a task. ${NOT_SENT}. DM 6.2 and later do`);
  }
  return condition;
}

/** Each call needs a deadline, because nothing polls the cluster meanwhile. */
function withCallLimit(context: RunContext): RunContext {
  return withOptions(context, { rpcTimeoutMs: Math.min(context.options.rpcTimeoutMs || CALL_MS, CALL_MS) });
}

/** How to flush, and on which workers the user agreed to it. */
interface Flushing {
  readonly flush: FlushSpec;
  readonly agreed: Set<string>;
}

/** Polls until there is a verdict or the signal aborts. Returns the last verdict. Flushes once if only that can decide. */
async function untilOver(wanted: WaitTarget, flush: FlushSpec | undefined, context: RunContext, intervalMs: number): Promise<WaitState> {
  const { signal } = context;
  const open = (): WaitProgress => openWaitProgress(context, `${wanted.task} --for ${wanted.condition}`);
  let progress = open();
  let toFlush: Flushing | undefined = flush && { flush, agreed: new Set() };
  const judge = createWaitEvaluator(wanted);
  let asked: readonly string[] = wanted.workers;
  let verdict: WaitState = { kind: 'not yet', missing: 'no answer yet', brief: '' };
  try {
    for (let n = 1; ; n += 1) {
      const began = performance.now();
      const round = await look(context, asked.length > 0 ? wanted.task : '', asked);
      if (!round) return verdict;
      verdict = judge.judge(round);
      if (n === 1 && verdict.kind === 'not yet') await hintSimilar(wanted.task, round, context);
      if (toFlush && verdict.kind === 'uncertain' && verdict.behind.length > 0) {
        await progress.close();
        const step = await stepOfFlush(verdict, wanted, toFlush, context);
        if (typeof step !== 'string') return step;
        if (step === 'flushed') {
          toFlush = undefined;
          judge.flushed();
        }
        progress = open();
        continue;
      }
      if (verdict.kind !== 'not yet') return verdict;
      await progress.update(verdict);
      asked = n % ALL_AGAIN === 0 ? wanted.workers : whomToAsk(wanted, round);
      await pause(began + intervalMs - performance.now(), signal);
      if (signal.aborted) return verdict;
    }
  } finally {
    await progress.close();
  }
}

/**
 * Asks, or flushes if the user agreed on all of these workers. A question can stay open for long, so the cluster is polled
 * again after it. Returns what was done, or the verdict that ends the wait.
 */
async function stepOfFlush(
  verdict: Extract<WaitState, { kind: 'uncertain' }>,
  { task }: WaitTarget,
  { flush, agreed }: Flushing,
  context: RunContext,
): Promise<'asked' | 'flushed' | WaitState> {
  const { signal } = context;
  const target = { task, workers: verdict.behind };
  const ended = (missing: string): WaitState | undefined => (signal.aborted ? { kind: 'not yet', missing, brief: missing } : undefined);
  if (!context.options.yes && !target.workers.every((w) => agreed.has(w))) {
    const yes = await mayFlush(target, context);
    for (const worker of target.workers) agreed.add(worker);
    return ended('nothing was paused') ?? (yes ? 'asked' : verdict);
  }
  const failed = await flushNow(target, flush, context);
  if (failed !== undefined) return { kind: 'never', why: failed };
  return ended('it was paused and resumed, but its checkpoint was not checked') ?? 'flushed';
}

/** A task that no worker has may be misspelled. It may also start later, so waiting is no mistake. */
async function hintSimilar(task: string, round: Round, context: RunContext): Promise<void> {
  if ('failed' in round || !hintsEnabled(context)) return;
  const tasks = new Set(round.cluster.subTasks.map((s) => s.task));
  const text = tasks.has(task) ? '' : didYouMean(task, tasks, inOneLine);
  if (text !== '') await printHints([`no worker has the task ${inOneLine(task)}: ${text}`], context);
}

/** The workers that have the task or may have it. If there are none, an empty list, which means all. */
function whomToAsk({ task, workers }: WaitTarget, round: Round): readonly string[] {
  if (workers.length > 0 || 'failed' in round) return workers;
  const { workers: known, subTasks }: Cluster = round.cluster;
  const having = subTasks.filter((s) => s.task === task).map((s) => s.target);
  const silent = known.filter((w) => w.error !== '').map((w) => w.target);
  return having.length > 0 ? [...having, ...silent] : [];
}

interface Shown {
  readonly show: Renderer;
  readonly seconds: number;
  readonly outcome: WaitOutcome;
}

/** Shows the result: success on standard output, everything else on standard error. A chosen format contains all of it. */
async function showResult(
  result: readonly TaskState[],
  { condition, maxLag }: Omit<WaitTarget, 'task'>,
  many: boolean,
  { io, options }: RunContext,
  { show, seconds, outcome }: Shown,
): Promise<void> {
  const values = result.map(({ task, state }) => ({
    task,
    for: condition,
    reached: state.kind === 'reached',
    why: whyOf(state),
    seconds: Math.round(seconds * 10) / 10,
  }));
  const rows = values.map(({ task, reached, why }) => {
    const cell = reached ? { text: 'reached', tone: 'good' as const } : { text: 'not reached', tone: 'bad' as const };
    return { key: task, name: task, cells: [task, condition, cell, why] };
  });
  const columns = [{ title: 'TASK' }, { title: 'FOR', rank: 2 }, { title: 'STATE' }, { title: 'WHY', rank: 1, cut: true }];
  const view = (): View => ({ columns, rows });
  const shown = many ? renderableList(values, view) : renderableValue(values[0], view);
  const reached = result.filter(({ state }) => state.kind === 'reached');
  if (outcome.kind === 'reached' || options.format.kind !== 'auto' || options.query !== '') {
    const after = seconds < 1 ? '' : `, after ${formatDuration(seconds)}`;
    await show(shown, () => reached.map(({ state }) => `${whyOf(state)}${after}\n`));
  }
  if (outcome.kind === 'reached') return;
  const goal = maxLag ? `${condition} with a lag of at most ${maxLag.text}` : condition;
  for (const { task, state } of result.filter((one) => !reached.includes(one))) {
    const ended = outcome.kind === 'timed out' ? new TimedOut(options.commandTimeoutMs ?? seconds * 1000).message : 'interrupted';
    await writeMessage(
      io.stderr,
      state.kind === 'not yet' && outcome.kind !== 'failed' ? `${ended}. ${task} is not ${goal}: ${whyOf(state)}\n` : `${whyOf(state)}\n`,
    );
  }
}
