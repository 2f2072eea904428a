// What happens at the end of a wait: the bell, the command of --exec, and the exit status.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { RunContext } from '../../invoke/context.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { type TaskState, type WaitOutcome, whyOf } from './many.ts';

const STATUS: Readonly<Record<WaitOutcome['kind'], number>> = {
  reached: EXIT_CODE.ok,
  failed: EXIT_CODE.failed,
  uncertain: EXIT_CODE.timedOut,
  'timed out': EXIT_CODE.timedOut,
  interrupted: EXIT_CODE.interrupted,
};

/** A user who waited shorter, in seconds, still looks at the screen. */
const BELL_AFTER = 2;

/** Rings, runs the command, and returns the exit status. Ctrl-C ends a wait without the command. */
export async function afterWait(
  { kind }: WaitOutcome,
  result: readonly TaskState[],
  command: string,
  { io, options, lendTerminal }: RunContext,
  seconds: number,
): Promise<number> {
  const status = STATUS[kind];
  if (kind === 'interrupted') return status;
  if (io.stderr.isTTY && !options.quiet && seconds >= BELL_AFTER) await io.stderr.write('\u0007');
  if (command === '') return status;
  const env = {
    DMCTL_TASKS: result.map(({ task }) => task).join(' '),
    DMCTL_RESULT: kind,
    DMCTL_REASON: result.map(({ state }) => whyOf(state)).join('\n'),
  };
  const ended = await lendTerminal(() => io.runCommand(command, env));
  if (ended === 0) return status;
  const how = ended === undefined ? 'was ended by a signal' : `ended with status ${ended}`;
  await writeMessage(io.stderr, `warning: the command of --exec ${how}\n`);
  return status === EXIT_CODE.ok ? EXIT_CODE.failed : status;
}
