// The identity that checks a command of DM 1.0 against the messages of its method.

import { bulkFlags } from '../../bulk/flags.ts';
import { DRY_RUN } from '../../command/dry-run-flag.ts';
import type { BulkSpec, CommandContext, CommandSpec, CompatOutput, ParsedArgs, Preflight } from '../../command/spec.ts';
import type { WorkerResult } from '../../presenters/outcomes.ts';
import type { View } from '../../presenters/view.ts';
import type { Methods } from '../../wire/generated/v1.ts';

export interface V1Command<M extends keyof Methods>
  extends Omit<CommandSpec, 'method' | 'request' | 'preflight' | 'bulk' | 'compatOutput' | 'present' | 'hints' | 'flags' | 'takesWorkers'> {
  readonly method: M;
  readonly flags?: CommandSpec['flags'];
  readonly takesWorkers?: boolean;
  request(given: ParsedArgs, context: CommandContext): Methods[M]['request'] | Promise<Methods[M]['request']>;
  preflight?(given: ParsedArgs, request: Methods[M]['request']): Preflight | undefined;
  readonly bulk?: Omit<BulkSpec, 'results'> & { results(answer: Methods[M]['response']): Promise<readonly WorkerResult[]> };
  compatOutput?(given: ParsedArgs): V1CompatOutput<M> | Promise<V1CompatOutput<M>>;
  present(answer: Methods[M]['response'], given: ParsedArgs): Promise<View | (() => View)>;
  hints?(given: ParsedArgs, answer: Methods[M]['response']): Promise<readonly string[]>;
}

export type V1CompatOutput<M extends keyof Methods> =
  | Exclude<CompatOutput, { as: 'value' }>
  | { readonly as: 'value'; value(answer: Methods[M]['response']): unknown };

/** Declares a command; its request and view are typed by its method. What it can do beside the original brings its flags. */
export function defineCommand<M extends keyof Methods>(spec: V1Command<M>): CommandSpec {
  const flags = [...(spec.flags ?? []), ...(spec.bulk ? bulkFlags(spec.bulk) : []), ...(spec.mutating ? [DRY_RUN] : [])];
  return { takesWorkers: true, ...spec, flags } as CommandSpec;
}
