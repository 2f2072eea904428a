// What one line runs with. A context is never written to: what is different for a part of a line, such as a round of a
// watch, gets a context that is derived from it.

import type { CommandRegistry } from '../command/registry.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import type { RenderContext } from '../output/renderer.ts';
import type { Session } from './session.ts';

export interface RunContext extends RenderContext {
  readonly session: Session;
  /** The commands and messages of the line: those of the master that was detected for it. */
  readonly registry: CommandRegistry;
  /** Asks a yes-or-no question on the terminal; undefined if no user can answer. */
  readonly ask: Session['ask'];
}

/** The context of a line without flags of its own and without a deadline. */
export function openContext(session: Session, signal: AbortSignal): RunContext {
  return Object.freeze({
    session,
    registry: session.registry,
    signal,
    leftMs: () => undefined,
    io: session.io,
    options: session.defaultOptions,
    ask: session.ask,
    errorAdvice: async () => (await session.registry.dialect.errors()).adviceOf,
    lendTerminal: session.lendTerminal,
  });
}

/** A copy with other options; unnamed options stay the same. */
export function withOptions(context: RunContext, options: Partial<RunOptions>): RunContext {
  return Object.freeze({ ...context, options: Object.freeze({ ...context.options, ...options }) });
}

/** A copy with another registry, after the master was detected. */
export function withRegistry(context: RunContext, registry: CommandRegistry): RunContext {
  return Object.freeze({ ...context, registry, errorAdvice: async () => (await registry.dialect.errors()).adviceOf });
}

/** A copy with another signal. */
export function withSignal(context: RunContext, signal: AbortSignal): RunContext {
  return Object.freeze({ ...context, signal });
}

/** A copy that also ends at a deadline, a number of milliseconds from now. */
export function withDeadline(context: RunContext, deadline: AbortSignal, ms: number): RunContext {
  const endsAt = performance.now() + ms;
  return Object.freeze({
    ...context,
    signal: AbortSignal.any([context.signal, deadline]),
    leftMs: () => Math.min(context.leftMs() ?? Number.POSITIVE_INFINITY, endsAt - performance.now()),
  });
}

/** A copy with another standard output. */
export function withOutput(context: RunContext, stdout: IO['stdout']): RunContext {
  return Object.freeze({ ...context, io: { ...context.io, stdout } });
}

/** Whether answers go somewhere else than the output of the session. */
export const isRedirected = ({ io, session }: RunContext): boolean => io.stdout !== session.io.stdout;

/** A copy with another way to ask. */
export function withAsk(context: RunContext, ask: Session['ask']): RunContext {
  return Object.freeze({ ...context, ask });
}
