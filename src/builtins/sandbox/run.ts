// Runs the sandbox until it is interrupted.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { FlagValues, ParsedArgs } from '../../command/flags.ts';
import type { RunContext } from '../../invoke/context.ts';
import { SAMPLE_TASK } from '../../sandbox/v1/sample-task.ts';
import { splitHostPort } from '../../text/address.ts';
import type { sandbox } from './command.ts';

const MAX_WORKERS = 200;
const MAX_TASKS = 100;

/** Starts the sandbox, prints its address, and waits for Ctrl-C. Throws Refusal. */
export async function runSandbox(parsed: ParsedArgs<FlagValues<(typeof sandbox)['flags']>>, { io, signal }: RunContext): Promise<number> {
  if (parsed.flags.sample) {
    await io.stdout.write(SAMPLE_TASK);
    return EXIT_CODE.ok;
  }
  const listen = parsed.flags.listen || '127.0.0.1:8261';
  checkAddress(listen);
  const workers = countOf('workers', parsed.flags.workers || '2', MAX_WORKERS);
  const tasks = parsed.flags.tasks === '' ? 0 : countOf('tasks', parsed.flags.tasks, MAX_TASKS);
  const { startSandbox } = await import('../../sandbox/v1/server.ts');
  const { describeSandbox } = await import('../../sandbox/v1/describe.ts');
  const running = await startSandbox({ listen, workers, tasks, down: parsed.flags.down === '' ? [] : [parsed.flags.down] }).catch(
    (e: Error) => {
      const why = /EADDRINUSE/.test(e.message) ? 'the address is in use' : e.message;
      throw new Refusal(`cannot listen on ${listen}: ${why}. Use another address with -listen, or port 0 for a free port`);
    },
  );
  try {
    await io.stdout.write(`${describeSandbox(running.address, running.sandbox, { tasks, columns: io.stdout.columns || 80 }).join('\n')}\n`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return EXIT_CODE.ok;
  } finally {
    await running.close();
  }
}

function checkAddress(listen: string): void {
  try {
    splitHostPort(listen);
  } catch (e) {
    throw new Refusal(`-listen ${listen}: ${(e as Error).message}. Use host:port, for example 127.0.0.1:8261`);
  }
}

function countOf(flag: string, text: string, most: number): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new Refusal(`invalid -${flag} ${text}: use a number from 1 to ${most}`);
  return count;
}
