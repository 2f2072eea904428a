// Runs a line that takes several calls: the checks and the confirmation of one call come first, then each call is made once.

import { InputError } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import { type CommandSpec, changesCluster, type ParsedArgs, type StepContext, type StepResult, type Steps } from '../command/spec.ts';
import { writeSafe } from '../io/write-safe.ts';
import { goJson } from '../output/json/go-json.ts';
import { openRenderer, type Renderable } from '../output/renderer.ts';
import type { View } from '../presenters/view.ts';
import { systemReason } from '../text/system-error.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import { confirmCall } from './confirm.ts';
import { type RunContext, withOptions } from './context.ts';
import { mapDecodeErrors } from './invoke.ts';
import { secretIO, secretOf } from './secret-input.ts';
import { commandContext, refuseEmptyTargets, refuseIfReadOnly } from './submit.ts';

/** Runs the steps and shows their result. Returns the status. Throws Refusal, InputError, RpcError, Interrupted. */
export async function runSteps(command: CommandSpec, parsed: ParsedArgs, steps: Steps, context: RunContext): Promise<number> {
  refuseIfReadOnly(command, parsed, context);
  refuseEmptyTargets(command, parsed, context);
  const show = await openRenderer(context);
  await confirmCall(command, parsed, {}, context);
  const result = await steps(stepContext(command, parsed, context));
  const compat = (): string[] => [result.text ?? goJson(result.value)];
  await show(renderableOf(result), compat);
  return result.failed ? EXIT_CODE.failed : EXIT_CODE.ok;
}

function renderableOf(result: StepResult): Renderable {
  const value = result.value ?? { text: result.text };
  return { json: () => [goJson(value)], value: () => value, view: async () => result.view ?? viewOf(result) };
}

/** The rows of a result without a view of its own: its entries, or its lines. */
function viewOf({ text, value = {} }: StepResult): View {
  const rows =
    text === undefined
      ? Object.entries(value).map(([key, v]) => [key, shown(v)])
      : text
          .trimEnd()
          .split('\n')
          .map((line) => ['', line]);
  return {
    columns: [{ title: 'WHAT' }, { title: 'VALUE', cut: true }],
    rows: rows.map(([key = '', cell = ''], i) => ({ key: String(i), name: key, cells: [key, cell] })),
    notes: [],
  };
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v));

function stepContext(command: CommandSpec, parsed: ParsedArgs, context: RunContext): StepContext {
  const { io, options } = context;
  const fileError = (path: string, error: unknown): InputError => new InputError(`${path}: ${systemReason(error)}`);
  return {
    ...commandContext(context),
    call: async (method, request, limitMs = options.rpcTimeoutMs) => {
      const limited = withOptions(context, { rpcTimeoutMs: Math.min(limitMs, options.rpcTimeoutMs) });
      const { type, answer } = await send(limited, method, request, changesCluster(command, parsed), command.name);
      return await mapDecodeErrors(type, () => decode(type, answer));
    },
    writeText: async (path, text) => {
      try {
        await io.writeFile(path, text);
      } catch (error) {
        throw fileError(path, error);
      }
    },
    makeFolder: async (path) => {
      try {
        await io.makeFolder(path);
      } catch (error) {
        throw fileError(path, error);
      }
    },
    listFiles: async (folder) => {
      try {
        return await io.listFiles(folder);
      } catch (error) {
        throw fileError(folder, error);
      }
    },
    readSecret: (text, question) => secretOf(text, question, secretIO(command.name, context)),
    note: async (text) => {
      if (!options.quiet) await writeSafe(io.stderr, `${text}\n`);
    },
  };
}
