// The identity that checks a command of DM 1.0 against the messages of its method.

import { DRY_RUN } from '../../core/dry-run-flag.ts';
import { manyFlags } from '../../core/many/flags.ts';
import type { Before, CommandSpec, Given, Many, Printing, Workbench } from '../../core/spec.ts';
import type { Outcome } from '../../views/outcomes.ts';
import type { View } from '../../views/shape.ts';
import type { Methods } from '../../wire/generated/v1.ts';

export interface V1Command<M extends keyof Methods>
  extends Omit<CommandSpec, 'method' | 'request' | 'before' | 'many' | 'printing' | 'view' | 'advise' | 'flags' | 'takesWorkers'> {
  readonly method: M;
  readonly flags?: CommandSpec['flags'];
  readonly takesWorkers?: boolean;
  request(given: Given, bench: Workbench): Methods[M]['request'] | Promise<Methods[M]['request']>;
  before?(given: Given, request: Methods[M]['request']): Before | undefined;
  readonly many?: Omit<Many, 'outcomes'> & { outcomes(answer: Methods[M]['response']): Promise<readonly Outcome[]> };
  printing?(given: Given): V1Printing<M> | Promise<V1Printing<M>>;
  view(answer: Methods[M]['response'], given: Given): Promise<View | (() => View)>;
  advise?(given: Given, answer: Methods[M]['response']): Promise<readonly string[]>;
}

export type V1Printing<M extends keyof Methods> =
  | Exclude<Printing, { as: 'value' }>
  | { readonly as: 'value'; value(answer: Methods[M]['response']): unknown };

/** Declares a command; its request and view are typed by its method. What it can do beside the original brings its flags. */
export function command<M extends keyof Methods>(spec: V1Command<M>): CommandSpec {
  const flags = [...(spec.flags ?? []), ...(spec.many ? manyFlags(spec.many) : []), ...(spec.changes ? [DRY_RUN] : [])];
  return { takesWorkers: true, ...spec, flags } as CommandSpec;
}
