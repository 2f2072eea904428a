// Declares commands with the types of their messages: the method types the request and the answer, the flags type the line.

import type { WorkerResult } from '../presenters/outcomes.ts';
import type { View } from '../presenters/view.ts';
import { DRY_RUN } from './dry-run-flag.ts';
import type { FlagSpec, FlagValues, ParsedArgs } from './flags.ts';
import type { BulkSpec, CommandContext, CommandSpec, CompatOutput, Lookup, Preflight, Steps, Warning } from './spec.ts';

/** Request (as given) and answer (as decoded) of each method of a generation. */
type MethodTypes = { readonly [Method: string]: { readonly request: object; readonly response: object } };

/** The members of a command whose types follow from its method or its flags. */
type Typed =
  | 'method'
  | 'flags'
  | 'takesTargets'
  | 'request'
  | 'impact'
  | 'warnings'
  | 'hints'
  | 'preflight'
  | 'bulk'
  | 'manyFiles'
  | 'failure'
  | 'steps'
  | 'readsOnly'
  | 'failureCheck'
  | 'compatOutput'
  | 'present'
  | 'prefersTable';

export interface TypedCommand<
  Calls extends MethodTypes,
  M extends keyof Calls & string,
  Flags extends readonly FlagSpec[],
  Parsed = ParsedArgs<FlagValues<Flags>>,
> extends Omit<CommandSpec, Typed> {
  readonly method: M;
  readonly flags?: Flags;
  readonly takesTargets?: boolean;
  request(parsed: Parsed, context: CommandContext): Calls[M]['request'] | Promise<Calls[M]['request']>;
  impact?(parsed: Parsed, request: Calls[M]['request'], lookup: Lookup): Promise<readonly string[]> | readonly string[];
  warnings?(parsed: Parsed, request: Calls[M]['request'], lookup: Lookup): Promise<readonly Warning[]>;
  hints?(parsed: Parsed, answer: Calls[M]['response'], request: Calls[M]['request']): Promise<readonly string[]>;
  preflight?(parsed: Parsed, request: Calls[M]['request']): Preflight | undefined;
  readonly bulk?: Omit<BulkSpec, 'results'> & { results(answer: Calls[M]['response']): Promise<readonly WorkerResult[]> };
  readonly manyFiles?: { results(answer: Calls[M]['response']): Promise<readonly WorkerResult[]> };
  failure?(parsed: Parsed): string;
  steps?(parsed: Parsed): Steps | undefined;
  readsOnly?(parsed: Parsed): boolean;
  failureCheck?(parsed: Parsed): Promise<((answer: Calls[M]['response']) => boolean) | undefined>;
  compatOutput?(parsed: Parsed): TypedCompatOutput<Calls, M> | Promise<TypedCompatOutput<Calls, M>>;
  present(answer: Calls[M]['response'], parsed: Parsed): Promise<View | (() => View)>;
  prefersTable?(parsed: Parsed): boolean;
}

export type TypedCompatOutput<Calls extends MethodTypes, M extends keyof Calls> =
  | Exclude<CompatOutput, { as: 'value' }>
  | { readonly as: 'value'; value(answer: Calls[M]['response']): unknown };

/**
 * The function that declares the commands of a generation. Bulk and mutating commands get further flags.
 * @param bulkFlags the flags of a command that takes many tasks at once
 * @param bulkUsage its usage lines, beside that for one task
 */
export function definer<Calls extends MethodTypes>(
  bulkFlags: (spec: BulkSpec) => readonly FlagSpec[],
  bulkUsage: (spec: BulkSpec, max: number) => readonly string[],
) {
  return <M extends keyof Calls & string, const Flags extends readonly FlagSpec[] = readonly []>(
    spec: TypedCommand<Calls, M, Flags>,
  ): CommandSpec => {
    const bulk = spec.bulk ? bulkFlags(spec.bulk as BulkSpec) : [];
    const flags = [...(spec.flags ?? []), ...bulk, ...(spec.mutating ? [DRY_RUN] : [])];
    const moreUsage = spec.bulk && { moreUsage: bulkUsage(spec.bulk as BulkSpec, spec.args.max) };
    return { takesTargets: true, ...moreUsage, ...spec, flags } as unknown as CommandSpec;
  };
}
