// Many tasks at once: the plan is shown and, in the shell, asked about; then a call a task, some at a time, each once;
// then a table of what became of them. Which command it is only the spec knows.

import { bar } from '../../print/bar.ts';
import { inOneLine } from '../../print/sanitise.ts';
import { manyView, type TaskOutcome } from '../../views/many.ts';
import { count } from '../../views/shape.ts';
import { decode } from '../../wire/decode.ts';
import { confirmFirst, someone } from '../ask-first.ts';
import { askCluster } from '../cluster.ts';
import { dryRuns, sendingOf } from '../dry-run.ts';
import { Interrupted, Refusal, RpcError, UsageError } from '../errors.ts';
import { answerTo, hears, reading, refuseChanges, report, workbench } from '../execute.ts';
import { WriteFailed } from '../io.ts';
import { lookupIn } from '../lookup.ts';
import { STATUS } from '../outcome.ts';
import { settleGeneration } from '../send.ts';
import { type Session, say } from '../session.ts';
import { openShow, preferRows, type Shown } from '../show.ts';
import { shownValues } from '../shown.ts';
import type { CommandSpec, Given, Many, Workbench } from '../spec.ts';
import { meansWhatIsFound } from './flags.ts';
import { type Item, needsCluster, type Plan, planOf, type Rule } from './plan.ts';
import { eachAtMost } from './pool.ts';
import { asideLines, planLines } from './tell.ts';

const WIDTH = 4;
const MOST_WIDTH = 64;

/** A task of the plan and its call, before it is made and after. */
interface Call {
  readonly item: Item;
  readonly given: Given;
  readonly request: object;
  outcome: TaskOutcome;
  /** The answer as a plain value, or what there is instead. */
  value: { readonly answer: unknown } | { readonly error: string };
}

/** Runs a command for many tasks; gives the status. Throws what is told when nothing was sent, and Interrupted when it was stopped. */
export async function runMany(command: CommandSpec, many: Many, given: Given, session: Session, signal: AbortSignal): Promise<number> {
  const width = widthOf(given.text('parallel'));
  if (given.on('all') && given.args.length > 0) throw new Refusal('--all is for every task; leave out the names, or leave out --all');
  const dry = given.on('dry-run');
  if (!dry) refuseChanges(command, session);
  if (!dry) preferRows(session);
  const show = await openShow(session);
  const plan = await planFor(command, many, given, session, signal);
  if (!plan) return STATUS.failed;
  const calls = await callsFor(command, plan, given, workbench(session, dry));
  if (signal.aborted) throw new Interrupted();
  const idle = `nothing to do: no sub task is ${given.on('problems') ? 'paused by an error' : many.what || 'there'}`;
  if (dry) {
    const lines = calls.length > 0 ? planLines(command.name, plan, width, true) : [idle, ...asideLines(plan)];
    const sendings = calls.map((c) => ({ name: c.item.task, sending: sendingOf(command, c.request) }));
    await show(...dryRuns(sendings, lines));
    return plan.silent.length > 0 ? STATUS.failed : STATUS.fine;
  }
  if (calls.length > 0) await settleGeneration(session, signal);
  const asks = session.manners.asks || (session.manners.asksMany && meansWhatIsFound(given));
  await announce({ command, many, plan, width, asks }, session, signal);
  if (signal.aborted) throw new Interrupted();
  await makeCalls(command, many, calls, width, session, signal);
  const shown = shownCalls(calls, session.manners.form.kind === 'name', idle);
  const fates = calls.map((c) => c.outcome.fate);
  await show(shown, shown.json).catch((error) => {
    if (!(error instanceof WriteFailed)) throw error;
    const done = fates.filter((fate) => fate === 'done').length;
    throw new WriteFailed(error.message, `${command.name} was done for ${done} of ${count(calls.length, 'task')}`);
  });
  if (signal.aborted && fates.some((f) => f === 'unknown' || f === 'not sent')) throw new Interrupted();
  return plan.silent.length > 0 || fates.some((f) => f !== 'done') ? STATUS.failed : STATUS.fine;
}

function widthOf(text: string): number {
  if (text === '') return WIDTH;
  const width = /^[0-9]+$/.test(text) ? Number(text) : 0;
  if (width < 1 || width > MOST_WIDTH) throw new UsageError(`--parallel ${text}: a number from 1 to ${MOST_WIDTH} is wanted`);
  return width;
}

/** Makes the plan; undefined, after saying so, where the master does not tell how the cluster stands. */
async function planFor(command: CommandSpec, many: Many, given: Given, session: Session, signal: AbortSignal): Promise<Plan | undefined> {
  const problems = given.on('problems');
  const rule: Rule = { applies: (problems && many.problem) || many.applies, named: problems };
  const asked = { names: given.args, workers: given.workers };
  if (!needsCluster(asked, rule)) return planOf(asked, rule);
  const untold = 'can not ask which tasks there are:\n';
  try {
    const cluster = await askCluster(session, signal, { shown: command.name });
    if (cluster.refused === '') return planOf(asked, rule, cluster);
    await say(session.io.stderr, `${untold}${cluster.refused}\n`);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    await report(error, session, untold);
  }
  return undefined;
}

/** The calls of a plan: each as if its task had been typed alone. Throws what the command refuses, before anything is sent. */
async function callsFor(command: CommandSpec, { items }: Plan, given: Given, bench: Workbench): Promise<Call[]> {
  const calls: Call[] = [];
  for (const item of items) {
    const one: Given = { args: [item.task], workers: item.workers, text: (flag) => given.text(flag), on: (flag) => given.on(flag) };
    const request = await command.request(one, bench);
    const outcome: TaskOutcome = { ...item, fate: 'not sent', outcomes: [] };
    calls.push({ item, given: one, request, outcome, value: { error: 'not sent' } });
  }
  return calls;
}

interface Announced {
  readonly command: CommandSpec;
  readonly many: Many;
  readonly plan: Plan;
  readonly width: number;
  /** Whether the plan is asked about. */
  readonly asks: boolean;
}

/** Says what will be done, warns, and asks where that is wanted. Throws Refusal. */
async function announce({ command, many, plan, width, asks }: Announced, session: Session, signal: AbortSignal): Promise<void> {
  const { io, manners } = session;
  const write = async (lines: readonly string[]): Promise<void> => {
    if (!manners.quiet) await say(io.stderr, lines.map((line) => `${line}\n`).join(''));
  };
  if (plan.items.length === 0) return await write(asideLines(plan));
  if (asks) someone(command, session);
  const tasks = plan.items.map((i) => i.task);
  const heard = many.forewarn && (asks || hears(session));
  const warnings = heard ? ((await many.forewarn?.(tasks, lookupIn(session, signal))) ?? []) : [];
  const harm = asks ? (many.harm ?? []) : [];
  const lines = [...planLines(command.name, plan, width), ...harm, ...warnings.map((w) => inOneLine(`warning: ${w.text}`))];
  if (asks) await confirmFirst(command, lines, session);
  else await write(lines);
}

async function makeCalls(
  command: CommandSpec,
  many: Many,
  calls: readonly Call[],
  width: number,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  const { io, manners } = session;
  const shows = !manners.quiet && io.stderr.isTTY && io.env.TERM !== 'dumb';
  const progress = shows ? bar(io.stderr, command.name, calls.length) : undefined;
  let done = 0;
  try {
    await eachAtMost(
      width,
      calls,
      () => signal.aborted,
      async (call) => {
        progress?.at(done, call.item.task);
        await make(command, many, call, session, signal);
        done += 1;
        progress?.at(done, call.item.task);
      },
    );
  } finally {
    await progress?.stop();
  }
}

/** Makes one call, once, and keeps what became of it. What fails fails alone. */
async function make(command: CommandSpec, many: Many, call: Call, session: Session, signal: AbortSignal): Promise<void> {
  const { item, given } = call;
  try {
    const asked = await answerTo(command, given, call.request, session, signal);
    await reading(asked.type, async () => {
      call.value = { answer: asked.shown.value() };
      const outcomes = await many.outcomes(decode(asked.type, asked.answer) as never);
      call.outcome = { ...item, fate: asked.status() === STATUS.fine ? 'done' : 'failed', outcomes };
    });
  } catch (error) {
    const text = (error as Error).message;
    if (error instanceof Interrupted) {
      call.outcome = { ...item, fate: 'unknown', outcomes: [] };
      call.value = { error: 'unknown: its answer was not waited for' };
      return;
    }
    call.outcome = { ...item, fate: 'failed', outcomes: [{ who: '', ok: false, text }] };
    call.value = { error: text };
  }
}

function shownCalls(calls: readonly Call[], names: boolean, idle: string): Shown {
  const outcomes = calls.map((c) => c.outcome);
  const values = calls.map(({ item, value }) => ({ ...item, ...value }));
  // Names are for a further command: of what was done.
  return shownValues(values, () => manyView(names ? outcomes.filter((o) => o.fate === 'done') : outcomes, idle));
}
