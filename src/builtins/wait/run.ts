// `wait` polls the state of the cluster until an evaluator reaches a verdict.

import { Interrupted, Refusal, RpcError, TimedOut } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { GRPC_CODE } from '../../command/grpc-code.ts';
import type { FlushSpec } from '../../command/spec.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { WAIT_CONDITIONS } from '../../domain/wait-conditions.ts';
import { createWaitEvaluator, type Round, type WaitState, type WaitTarget } from '../../domain/wait-evaluator.ts';
import { fetchCluster } from '../../invoke/cluster-status.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import { printHints } from '../../invoke/hints.ts';
import { hintsEnabled } from '../../invoke/invoke.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { renderableValue } from '../../output/renderable.ts';
import { openRenderer, type Renderer } from '../../output/renderer.ts';
import { didYouMean } from '../../text/nearest.ts';
import { formatDuration } from '../../text/quantity.ts';
import { goQuote } from '../../text/quote.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import { intervalOf, pause, ranOut } from '../interval.ts';
import type { wait } from './command.ts';
import { flushNow, flushOf, mayFlush } from './flush.ts';
import { openWaitProgress, type WaitProgress } from './progress.ts';

const EVERY_MS = 1000;
/** A master waits up to 30 s for a worker before it answers without it. */
const CALL_MS = 40_000;
/** Poll all workers again after so many rounds: the task may have been started on another worker. */
const ALL_AGAIN = 15;

/** Runs `wait`. Throws Refusal, and RpcError if the master does not implement the call. */
export const runWait: Runner<typeof wait> = async (parsed, context) => {
  const goal = WAIT_CONDITIONS.find((g) => g === parsed.flags.for);
  if (!goal) {
    const what = parsed.flags.for === '' ? '--for is missing' : `invalid --for ${goQuote(parsed.flags.for)}`;
    throw new Refusal(`${what}. Nothing was sent. Use one of ${WAIT_CONDITIONS.join(', ')}`);
  }
  const { name, reportsValidation, waitCommands } = context.registry.dialect;
  if (goal === 'validated' && !reportsValidation) {
    throw new Refusal(`${name} does not report the validation of a task. Nothing was sent. DM 6.2 and later do`);
  }
  const intervalMs = intervalOf(parsed, context.io.env, EVERY_MS);
  const wanted: WaitTarget = {
    condition: goal,
    task: parsed.args[0] ?? '',
    workers: parsed.targets,
    commands: waitCommands,
  };
  const flush = flushOf(parsed, goal, context);
  const show = await openRenderer(context);
  const began = performance.now();
  const verdict = await untilOver(wanted, flush, withCallLimit(context), intervalMs);
  return await reportResult(verdict, wanted, context, show, (performance.now() - began) / 1000);
};

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

/** One answer, or the reason why there is none. Undefined if the signal aborted the call. */
async function look(context: RunContext, task: string, workers: readonly string[]): Promise<Round | undefined> {
  try {
    const cluster = await fetchCluster(context, { task, workers });
    return { at: performance.now(), cluster };
  } catch (error) {
    if (error instanceof Interrupted && context.signal.aborted) return undefined;
    if (error instanceof RpcError && error.code !== GRPC_CODE.unimplemented) return { at: performance.now(), failed: error.message };
    throw error;
  }
}

/** The workers that have the task or may have it. If there are none, an empty list, which means all. */
function whomToAsk({ task, workers }: WaitTarget, round: Round): readonly string[] {
  if (workers.length > 0 || 'failed' in round) return workers;
  const { workers: known, subTasks }: Cluster = round.cluster;
  const having = subTasks.filter((s) => s.task === task).map((s) => s.target);
  const silent = known.filter((w) => w.error !== '').map((w) => w.target);
  return having.length > 0 ? [...having, ...silent] : [];
}

/** Reports the result: success on standard output, everything else on standard error. A chosen format contains all of it. */
async function reportResult(
  verdict: WaitState,
  { task, condition }: WaitTarget,
  context: RunContext,
  show: Renderer,
  seconds: number,
): Promise<number> {
  const { io, options, signal } = context;
  const reached = verdict.kind === 'reached';
  const why = reached ? verdict.how : verdict.kind === 'not yet' ? verdict.missing : verdict.why;
  const value = { task, for: condition, reached, why, seconds: Math.round(seconds * 10) / 10 };
  const cells = [
    task,
    condition,
    reached ? { text: 'reached', tone: 'good' as const } : { text: 'not reached', tone: 'bad' as const },
    why,
  ];
  const columns = [{ title: 'TASK' }, { title: 'FOR', rank: 2 }, { title: 'STATE' }, { title: 'WHY', rank: 1, cut: true }];
  const shown = renderableValue(value, () => ({ columns, rows: [{ key: task, name: task, cells }] }));
  if (reached || options.format.kind !== 'auto' || options.query !== '') {
    await show(shown, () => [`${why}${seconds < 1 ? '' : `, after ${formatDuration(seconds)}`}\n`]);
  }
  if (reached) return EXIT_CODE.ok;
  if (verdict.kind !== 'not yet') {
    await writeMessage(io.stderr, `${why}\n`);
    return verdict.kind === 'never' ? EXIT_CODE.failed : EXIT_CODE.timedOut;
  }
  const timedOut = ranOut(signal);
  await writeMessage(
    io.stderr,
    `${timedOut ? new TimedOut(options.commandTimeoutMs ?? seconds * 1000).message : 'interrupted'}. ${task} is not ${condition}: ${why}\n`,
  );
  return timedOut ? EXIT_CODE.timedOut : EXIT_CODE.interrupted;
}
