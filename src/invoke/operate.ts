// Makes one call on some workers and reports the result of each, for operations that must continue in any case.

import { bareArgs } from '../command/flags.ts';
import type { CommandSpec, FlushSpec } from '../command/spec.ts';
import type { WorkerResult } from '../presenters/outcomes.ts';
import { decode } from '../wire/decode.ts';
import { type RunContext, withSignal } from './context.ts';
import { invoke, mapDecodeErrors } from './invoke.ts';
import { commandContext } from './submit.ts';

/** The result on a worker. unknown: it may have been done, or may still happen. */
export interface Fate {
  readonly kind: 'done' | 'refused' | 'unknown';
  readonly text: string;
}

/** By worker. */
export type Fates = ReadonlyMap<string, Fate>;

/**
 * Calls a command for a task on some workers (never none: that would mean all). Cannot be interrupted, and ends
 * at its deadline. Never throws: an unknown result is reported as unknown.
 */
export async function operate(
  command: CommandSpec,
  { task, workers }: { readonly task: string; readonly workers: readonly string[] },
  reads: Pick<FlushSpec, 'results' | 'mayFollow'>,
  context: RunContext,
): Promise<Fates> {
  try {
    const parsed = bareArgs([task], workers);
    const request = await command.request(parsed, commandContext(context));
    const asked = await invoke(command, parsed, request, withSignal(context, new AbortController().signal));
    const outcomes = await mapDecodeErrors(asked.type, () => reads.results(decode(asked.type, asked.answer) as never));
    return new Map(workers.map((w) => [w, fateOf(w, outcomes, reads)]));
  } catch (error) {
    return new Map(workers.map((w) => [w, { kind: 'unknown', text: (error as Error).message }]));
  }
}

function fateOf(worker: string, outcomes: readonly WorkerResult[], { mayFollow }: Pick<FlushSpec, 'mayFollow'>): Fate {
  const outcome = outcomes.find((o) => o.worker === worker) ?? outcomes.find((o) => o.worker === '' && !o.ok);
  if (!outcome) return { kind: 'unknown', text: 'the answer does not name this worker' };
  const { ok, text } = outcome;
  return { kind: ok ? 'done' : mayFollow(text) ? 'unknown' : 'refused', text };
}
