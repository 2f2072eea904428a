// What runs built-in commands; builtins/index.ts makes one.

import type { Invocation } from '../args/parse.ts';
import type { RunContext } from './context.ts';

export type BuiltinInvocation = Extract<Invocation, { kind: 'builtin' }>;

/** Runs one of the built-in commands; gives its status. */
export type BuiltinRunner = (invocation: BuiltinInvocation, context: RunContext) => Promise<number>;
