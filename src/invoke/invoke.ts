// One call of a command: the request, the answer, and its forms.

import { RpcError } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import type { ParsedArgs } from '../command/flags.ts';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { type CommandSpec, changesCluster } from '../command/spec.ts';
import { answerParts, printAnswer } from '../output/json/answer.ts';
import type { Part } from '../output/json/protojson.ts';
import type { Renderable } from '../output/renderer.ts';
import { decode } from '../wire/decode.ts';
import { hasFailedResult } from '../wire/result.ts';
import { WireError } from '../wire/scan.ts';
import type { MessageType } from '../wire/schema.ts';
import { send } from './call.ts';
import type { RunContext } from './context.ts';

/** Answers larger than this many bytes take noticeable time to inspect. */
const LARGE = 1 << 20;

/** An answer of the master, with its bytes and its forms. Its bytes are decoded when it is shown. */
export interface CallResult {
  /** The called command, or the preflight. */
  readonly command: CommandSpec;
  readonly type: MessageType;
  readonly answer: Buffer;
  readonly renderable: Renderable;
  compat(): Iterable<string | Buffer>;
  /** Additional help beyond the answer, if a person reads it. */
  hints(): Promise<readonly string[]>;
  /** The decoded answer. */
  decoded(): object;
  /** The exit status for this answer. */
  status(): number;
}

/** Makes the call once. `shown` is named while a person waits. Throws RpcError, Interrupted. */
export async function invoke(
  command: CommandSpec,
  parsed: ParsedArgs,
  request: object,
  context: RunContext,
  shown?: string,
): Promise<CallResult> {
  const { type, answer } = await send(context, command.method, request, changesCluster(command, parsed), shown);
  const busy = <T>(work: () => T): T => (answer.length > LARGE ? context.io.compute(work, context.leftMs()) : work());
  const failsLine = await command.failureCheck?.(parsed);
  const fails = (): boolean => hasFailedResult(type, answer) || (failsLine?.(decode(type, answer) as never) ?? false);
  const status = (): number => (busy(fails) ? EXIT_CODE.failed : EXIT_CODE.ok);
  const hints = async (): Promise<readonly string[]> =>
    command.hints && hintsEnabled(context) ? await command.hints(parsed, busy(() => decode(type, answer)) as never, request as never) : [];
  const decoded = (): object => decode(type, answer);
  return { command, type, answer, ...(await renderableOf(command, parsed, type, answer, busy)), hints, decoded, status };
}

/** Processes the bytes of an answer. Throws RpcError if they are not the expected message. */
export async function mapDecodeErrors<T>(type: MessageType, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const what = `grpc: failed to unmarshal the received message: ${type.name}: ${error.message}. Is this a DM-master?`;
    throw new RpcError(GRPC_CODE.internal, `rpc error: code = Internal desc = ${what}`);
  }
}

/** Whether a person reads what is printed beside the answer. */
export const hintsEnabled = ({ io, options }: RunContext): boolean => io.stderr.isTTY && !options.quiet;

/** Whether standard output has only answers: if their format was chosen, the original's remarks go to standard error. */
export function isStructured({ options }: Pick<RunContext, 'options'>): boolean {
  return options.format.kind !== 'auto' || options.query !== '';
}

/** An answer of the master, as it can be shown. */
async function renderableOf(
  command: CommandSpec,
  parsed: ParsedArgs,
  type: MessageType,
  answer: Buffer,
  busy: <T>(work: () => T) => T,
): Promise<{ renderable: Renderable; compat(): Iterable<string | Buffer> }> {
  const printing = (await command.compatOutput?.(parsed)) ?? { as: 'json' };
  // The original's text of a failed check is not JSON; with -output json it is.
  const json = (): Iterable<string | Buffer> => printAnswer(printing.as === 'check' ? { as: 'json' } : printing, type, answer);
  const parts = answerParts(printing, type, answer);
  const value = (): unknown => (parts ? wholeOf(parts()) : JSON.parse([...json()].map(String).join('')));
  return {
    compat: () => printAnswer(printing, type, answer),
    renderable: {
      json,
      parts,
      value,
      // A list of our own has one item per line in -output jsonl. An answer of the DM-master is one value.
      lines: () => [value()].flatMap((whole) => (printing.as === 'value' && Array.isArray(whole) ? whole : [whole])),
      view: async () => {
        const view = await command.present(busy(() => decode(type, answer, command.projection)) as never, parsed);
        return typeof view === 'function' ? busy(view) : view;
      },
    },
  };
}

/** The plain value of a streamed answer. */
function wholeOf(parts: Iterable<Part>): unknown {
  return Object.fromEntries([...parts].map((part) => [part.name, 'value' in part ? part.value : [...part.items]]));
}
