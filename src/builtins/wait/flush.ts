// wait --flush: pauses sub tasks, which flushes their checkpoints, and resumes them. Each call is sent once. Paused sub tasks
// are resumed in any case, so neither call can be interrupted, and each has a deadline.

import { Refusal } from '../../command/errors.ts';
import type { FlushSpec, ParsedArgs } from '../../command/spec.ts';
import { shellQuote } from '../../completion/shells/table.ts';
import type { WaitCondition } from '../../domain/wait-conditions.ts';
import { fetchCluster } from '../../invoke/cluster-status.ts';
import { type RunContext, withSignal } from '../../invoke/context.ts';
import { type Fate, type Fates, operate } from '../../invoke/operate.ts';
import { refuseIfReadOnly } from '../../invoke/submit.ts';
import { writeMessage, writeSafe } from '../../io/write-safe.ts';
import { joinNames } from '../../text/quantity.ts';

export interface Target {
  readonly task: string;
  /** Never empty: an empty list in a request means all workers. */
  readonly workers: readonly string[];
}

/** How to flush if --flush was given. Throws Refusal if it is impossible or no user can confirm it. */
export function flushOf(parsed: ParsedArgs, goal: WaitCondition, context: RunContext): FlushSpec | undefined {
  if (!parsed.flags.flush) return undefined;
  if (goal !== 'caught-up') throw new Refusal('--flush works only with --for caught-up. Nothing was sent');
  const { flush, name } = context.registry.dialect;
  if (!flush) throw new Refusal(`--flush: ${name} cannot write checkpoints on request. Nothing was sent`);
  refuseIfReadOnly({ ...flush.pause, name: 'wait --flush' }, parsed, context);
  if (!context.options.yes && !context.ask)
    throw new Refusal(
      'wait --flush must be confirmed, because it pauses and resumes the task, but there is no terminal. Nothing was sent. Add --yes to confirm',
    );
  return flush;
}

/** Asks whether to flush. */
export async function mayFlush({ task, workers }: Target, { io, ask }: RunContext): Promise<boolean> {
  await writeMessage(io.stderr, `${task} will be paused and resumed on ${joinNames(workers)} to write its checkpoint.\n`);
  return (await ask?.('Continue?')) ?? false;
}

/** Pauses and resumes. Returns what failed and on which workers the task is still paused. Undefined on success. */
export async function flushNow(target: Target, flush: FlushSpec, context: RunContext): Promise<string | undefined> {
  const { task, workers } = target;
  const { signal } = context;
  const notice = (): void =>
    void writeSafe(context.io.stderr, `${task} is being paused and resumed. Waiting until this is done\n`).catch(() => {});
  signal.addEventListener('abort', notice, { once: true });
  try {
    const paused = await operate(flush.pause, target, flush, context);
    const toResume = workers.filter((w) => paused.get(w)?.kind !== 'refused');
    const resumed: Fates = toResume.length > 0 ? await operate(flush.resume, { task, workers: toResume }, flush, context) : new Map();
    const open = toResume.filter((w) => resumed.get(w)?.kind !== 'done');
    const stages = open.length > 0 ? await stagesOf({ task, workers: open }, context) : new Map<string, string>();
    return report(target, flush, { paused, resumed, stages });
  } finally {
    signal.removeEventListener('abort', notice);
  }
}

/** The known stages of the task on some workers. */
async function stagesOf({ task, workers }: Target, context: RunContext): Promise<ReadonlyMap<string, string>> {
  try {
    const { subTasks } = await fetchCluster(withSignal(context, new AbortController().signal), { task, workers });
    return new Map(subTasks.filter((s) => s.task === task).map((s) => [s.target, s.stage]));
  } catch {
    return new Map();
  }
}

/** A word, quoted for a shell. */
const word = (text: string): string => (/^[\w@%+:./][\w@%+:./-]*$/.test(text) ? text : shellQuote(text));

interface Course {
  readonly paused: Fates;
  readonly resumed: Fates;
  /** The stages afterwards, of the workers that may not have been resumed. */
  readonly stages: ReadonlyMap<string, string>;
}

function report(
  { task, workers }: Target,
  { pause, resume, selector }: FlushSpec,
  { paused, resumed, stages }: Course,
): string | undefined {
  const where = (fates: Fates, kind: Fate['kind']): string[] => workers.filter((w) => fates.get(w)?.kind === kind);
  const why = (fates: Fates, [first = '']: readonly string[]): string => fates.get(first)?.text.split('\n')[0] ?? '';
  const unresumed = workers.filter((w) => resumed.has(w) && resumed.get(w)?.kind !== 'done');
  // If a running task rejects the resume, nothing remains to be done, unless the pause may still arrive.
  const left = unresumed.filter((w) => stages.get(w) === 'Paused');
  const unclear = unresumed.filter((w) => !left.includes(w) && !(stages.get(w) === 'Running' && paused.get(w)?.kind === 'done'));
  const refused = where(paused, 'refused');
  const unknown = where(paused, 'unknown').filter((w) => resumed.get(w)?.kind !== 'done');
  const again = (list: readonly string[]): string => `${resume.name} ${list.map((w) => `${selector} ${word(w)}`).join(' ')} ${word(task)}`;
  const parts = [
    ...(refused.length > 0 ? [`${pause.name} failed on ${joinNames(refused)}: ${why(paused, refused)}`] : []),
    ...(unknown.length > 0 ? [`${pause.name} may have been carried out on ${joinNames(unknown)}: ${why(paused, unknown)}`] : []),
    ...(left.length > 0 ? [`${task} is still paused on ${joinNames(left)} (${why(resumed, left)}). Resume it with ${again(left)}`] : []),
    ...(unclear.length > 0
      ? [
          `${task} may still be paused on ${joinNames(unclear)}. Check with query-status ${word(task)}, and resume it with ${again(unclear)}`,
        ]
      : []),
  ];
  return parts.length > 0 ? `the checkpoint was not written: ${parts.join('. ')}` : undefined;
}
