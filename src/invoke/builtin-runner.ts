// The interface that runs built-in commands; builtins/index.ts implements it.

import type { Invocation } from '../args/parse.ts';
import type { RunContext } from './context.ts';

export type BuiltinInvocation = Extract<Invocation, { kind: 'builtin' }>;

/** Runs a built-in command and returns its status. */
export type BuiltinRunner = (invocation: BuiltinInvocation, context: RunContext) => Promise<number>;
