// A wait asks again and again, and a verdict over what came says when it is over. It does not know which task it is about.

import { askCluster } from '../core/cluster.ts';
import { Interrupted, Refusal, RpcError, TimedOut } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import { type Session, say } from '../core/session.ts';
import { openShow, type Show } from '../core/show.ts';
import { shownValue } from '../core/shown.ts';
import type { FlushSpec } from '../core/spec.ts';
import { goQuote } from '../text/quote.ts';
import type { Cluster } from '../views/cluster.ts';
import { GOALS } from '../views/goals.ts';
import { duration } from '../views/quantity.ts';
import { openVerdict, type Round, type Verdict, type Wanted } from '../views/verdict.ts';
import type { Runner } from './index.ts';
import { intervalOf, pause, ranOut } from './interval.ts';
import { flushNow, flushOf, mayFlush } from './waiting/flush.ts';
import { openTeller, type Teller } from './waiting/teller.ts';

const EVERY_MS = 1000;
/** A master gives a worker 30 s before it answers without it. */
const CALL_MS = 40_000;
/** Rounds after which all workers are asked again: a part of the task may have been started elsewhere. */
const ALL_AGAIN = 15;
const UNIMPLEMENTED = 12;

/** Waits. Throws Refusal; RpcError only where the master does not know the call. */
export const runWait: Runner = async (given, session, signal) => {
  const goal = GOALS.find((g) => g === given.text('for'));
  if (!goal) {
    const what = given.text('for') === '' ? '--for is missing' : `--for ${goQuote(given.text('for'))} is no state`;
    throw new Refusal(`${what}; it is one of ${GOALS.join(', ')}`);
  }
  const intervalMs = intervalOf(given, session.io.env, EVERY_MS);
  const wanted: Wanted = { goal, task: given.args[0] ?? '', workers: given.workers };
  const flush = flushOf(given, goal, session);
  const show = await openShow(session);
  const began = performance.now();
  const verdict = await untilOver(wanted, flush, session, intervalMs, signal);
  return await tell(verdict, wanted, session, show, signal, (performance.now() - began) / 1000);
};

/** How to flush, and on which workers the user has agreed to it. */
interface Flushing {
  readonly flush: FlushSpec;
  readonly agreed: Set<string>;
}

/** Asks until the verdict is one, or the signal ends it; gives the last. Where nothing else helps it flushes, once. */
async function untilOver(
  wanted: Wanted,
  flush: FlushSpec | undefined,
  session: Session,
  intervalMs: number,
  signal: AbortSignal,
): Promise<Verdict> {
  const { manners } = session;
  const tells = (): Teller => openTeller(session, `${wanted.task} --for ${wanted.goal}`);
  let teller = tells();
  let toFlush: Flushing | undefined = flush && { flush, agreed: new Set() };
  session.manners = { ...manners, timeoutMs: Math.min(manners.timeoutMs || CALL_MS, CALL_MS) };
  const judge = openVerdict(wanted);
  let asked: readonly string[] = wanted.workers;
  let verdict: Verdict = { kind: 'not yet', missing: 'nothing is known yet', brief: '' };
  try {
    for (let n = 1; ; n += 1) {
      const began = performance.now();
      const round = await look(session, asked.length > 0 ? wanted.task : '', asked, signal);
      if (!round) return verdict;
      verdict = judge.judge(round);
      if (toFlush && verdict.kind === 'uncertain' && verdict.behind.length > 0) {
        await teller.close();
        const step = await stepOfFlush(verdict, wanted, toFlush, session, signal);
        if (typeof step !== 'string') return step;
        if (step === 'flushed') {
          toFlush = undefined;
          judge.flushed();
        }
        teller = tells();
        continue;
      }
      if (verdict.kind !== 'not yet') return verdict;
      await teller.tell(verdict);
      asked = n % ALL_AGAIN === 0 ? wanted.workers : whomToAsk(wanted, round);
      await pause(began + intervalMs - performance.now(), signal);
      if (signal.aborted) return verdict;
    }
  } finally {
    session.manners = manners;
    await teller.close();
  }
}

/**
 * Asks first, or flushes where the user agreed on all of these workers: a question can stay open for long, so the cluster is looked
 * at again after it. Gives what was done, or the verdict that ends the wait.
 */
async function stepOfFlush(
  verdict: Extract<Verdict, { kind: 'uncertain' }>,
  { task }: Wanted,
  { flush, agreed }: Flushing,
  session: Session,
  signal: AbortSignal,
): Promise<'asked' | 'flushed' | Verdict> {
  const target = { task, workers: verdict.behind };
  const ended = (missing: string): Verdict | undefined => (signal.aborted ? { kind: 'not yet', missing, brief: missing } : undefined);
  if (!session.manners.yes && !target.workers.every((w) => agreed.has(w))) {
    const yes = await mayFlush(target, session);
    for (const worker of target.workers) agreed.add(worker);
    return ended('nothing was paused') ?? (yes ? 'asked' : verdict);
  }
  const failed = await flushNow(target, flush, session, signal);
  if (failed !== undefined) return { kind: 'never', why: failed };
  return ended('it was paused and resumed, and its checkpoint was not looked at') ?? 'flushed';
}

/** One answer, or why there is none; undefined when the signal ended it. */
async function look(session: Session, task: string, workers: readonly string[], signal: AbortSignal): Promise<Round | undefined> {
  try {
    const cluster = await askCluster(session, signal, { task, workers });
    return { at: performance.now(), cluster };
  } catch (error) {
    if (error instanceof Interrupted && signal.aborted) return undefined;
    if (error instanceof RpcError && error.code !== UNIMPLEMENTED) return { at: performance.now(), failed: error.message };
    throw error;
  }
}

/** Those that have the task, and those of which that is not known; everybody (an empty list) where there is none. */
function whomToAsk({ task, workers }: Wanted, round: Round): readonly string[] {
  if (workers.length > 0 || 'failed' in round) return workers;
  const { workers: told, subTasks }: Cluster = round.cluster;
  const having = subTasks.filter((s) => s.task === task).map((s) => s.worker);
  const silent = told.filter((w) => w.trouble !== '').map((w) => w.worker);
  return having.length > 0 ? [...having, ...silent] : [];
}

/** Says how it ended: what was reached on standard output, all else on standard error; a form that was chosen has it all. */
async function tell(
  verdict: Verdict,
  { task, goal }: Wanted,
  session: Session,
  show: Show,
  signal: AbortSignal,
  seconds: number,
): Promise<number> {
  const { io, manners } = session;
  const reached = verdict.kind === 'reached';
  const why = reached ? verdict.how : verdict.kind === 'not yet' ? verdict.missing : verdict.why;
  const told = { task, for: goal, reached, why, seconds: Math.round(seconds * 10) / 10 };
  const cells = [task, goal, reached ? { text: 'reached', tone: 'good' as const } : { text: 'not reached', tone: 'bad' as const }, why];
  const columns = [{ title: 'TASK' }, { title: 'FOR', rank: 2 }, { title: 'STATE' }, { title: 'WHY', rank: 1, cut: true }];
  const shown = shownValue(told, () => ({ columns, rows: [{ key: task, name: task, cells }] }));
  if (reached || manners.form.kind !== 'auto' || manners.query !== '') {
    await show(shown, () => [`${why}${seconds < 1 ? '' : `, after ${duration(seconds)}`}\n`]);
  }
  if (reached) return STATUS.fine;
  if (verdict.kind !== 'not yet') {
    await say(io.stderr, `${why}\n`);
    return verdict.kind === 'never' ? STATUS.failed : STATUS.timedOut;
  }
  const timedOut = ranOut(signal);
  await say(
    io.stderr,
    `${timedOut ? new TimedOut(manners.limitMs ?? seconds * 1000).message : 'interrupted'}; ${task} is not ${goal}: ${why}\n`,
  );
  return timedOut ? STATUS.timedOut : STATUS.interrupted;
}
