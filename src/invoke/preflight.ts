// A call that must succeed before the call of a command, such as the check before a start.

import { RpcError } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { ParsedArgs, Preflight } from '../command/spec.ts';
import { writeMessage } from '../io/write-safe.ts';
import { verify } from '../wire/scan.ts';
import type { RunContext } from './context.ts';
import { type CallResult, invoke, mapDecodeErrors } from './invoke.ts';

/** Makes the call. Returns its answer, after explaining it, if it failed; undefined if it passed. Throws RpcError, Interrupted. */
export async function runPreflight(before: Preflight, parsed: ParsedArgs, context: RunContext): Promise<CallResult | undefined> {
  const { command, request, ifRejected } = before;
  const asked = await invoke(command, parsed, request, context, command.name)
    .then((got) => mapDecodeErrors(got.type, () => verify(got.type, got.answer)).then(() => got))
    .catch((error) => {
      throw error instanceof RpcError ? new RpcError(error.code, `${command.failure?.(parsed) ?? ''}${error.message}`) : error;
    });
  if (asked.status() === EXIT_CODE.ok) return undefined;
  await writeMessage(context.io.stderr, `${command.name} did not pass. ${ifRejected}\n`);
  return asked;
}
