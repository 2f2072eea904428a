// Declares a command of DM 1.0 and checks it against the messages of its method and its own flags.

import { type BulkFlags, bulkFlags, bulkUsage } from '../../bulk/flags.ts';
import { DRY_RUN } from '../../command/dry-run-flag.ts';
import type { FlagSpec, FlagValues, ParsedArgs } from '../../command/flags.ts';
import type { BulkSpec, CommandContext, CommandSpec, CompatOutput, Lookup, Preflight, Warning } from '../../command/spec.ts';
import type { WorkerResult } from '../../presenters/outcomes.ts';
import type { View } from '../../presenters/view.ts';
import type { Methods } from '../../wire/generated/v1.ts';

/** The members of a command whose types follow from its method or its flags. */
type Typed =
  | 'method'
  | 'flags'
  | 'takesWorkers'
  | 'request'
  | 'impact'
  | 'warnings'
  | 'hints'
  | 'preflight'
  | 'bulk'
  | 'failure'
  | 'compatOutput'
  | 'present'
  | 'prefersTable';

export interface V1Command<M extends keyof Methods, Flags extends readonly FlagSpec[], Parsed = ParsedArgs<FlagValues<Flags>>>
  extends Omit<CommandSpec, Typed> {
  readonly method: M;
  readonly flags?: Flags;
  readonly takesWorkers?: boolean;
  request(parsed: Parsed, context: CommandContext): Methods[M]['request'] | Promise<Methods[M]['request']>;
  impact?(parsed: Parsed, request: Methods[M]['request'], lookup: Lookup): Promise<readonly string[]> | readonly string[];
  warnings?(parsed: Parsed, request: Methods[M]['request'], lookup: Lookup): Promise<readonly Warning[]>;
  hints?(parsed: Parsed, answer: Methods[M]['response']): Promise<readonly string[]>;
  preflight?(parsed: Parsed, request: Methods[M]['request']): Preflight | undefined;
  readonly bulk?: Omit<BulkSpec, 'results'> & { results(answer: Methods[M]['response']): Promise<readonly WorkerResult[]> };
  failure?(parsed: Parsed): string;
  compatOutput?(parsed: Parsed): V1CompatOutput<M> | Promise<V1CompatOutput<M>>;
  present(answer: Methods[M]['response'], parsed: Parsed): Promise<View | (() => View)>;
  prefersTable?(parsed: Parsed): boolean;
}

export type V1CompatOutput<M extends keyof Methods> =
  | Exclude<CompatOutput, { as: 'value' }>
  | { readonly as: 'value'; value(answer: Methods[M]['response']): unknown };

/** Declares a command. Its method types the request, its flags type `parsed.flags`. Bulk and mutating commands get further flags. */
export function defineCommand<M extends keyof Methods, const Flags extends readonly FlagSpec[] = readonly []>(
  spec: V1Command<M, Flags>,
): CommandSpec {
  const bulk: BulkFlags | readonly [] = spec.bulk ? bulkFlags(spec.bulk) : [];
  const flags = [...(spec.flags ?? []), ...bulk, ...(spec.mutating ? [DRY_RUN] : [])];
  return { takesWorkers: true, ...(spec.bulk && { moreUsage: bulkUsage(spec.bulk) }), ...spec, flags } as CommandSpec;
}
