// Runs the sandbox until it is ended.

import { Refusal } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Given } from '../core/spec.ts';
import { SAMPLE_TASK } from '../sandbox/sample-task.ts';
import { splitHostPort } from '../text/address.ts';

const MOST_WORKERS = 16;

/** Starts the sandbox, says where it listens, and waits for Ctrl-C. Throws Refusal. */
export async function runSandbox(given: Given, { io }: Session, signal: AbortSignal): Promise<number> {
  if (given.on('sample')) {
    await io.stdout.write(SAMPLE_TASK);
    return STATUS.fine;
  }
  const listen = given.text('listen') || '127.0.0.1:8261';
  checkAddress(listen);
  const workers = workersOf(given.text('workers') || '2');
  const { startSandbox } = await import('../sandbox/server.ts');
  const { describeSandbox } = await import('../sandbox/describe.ts');
  const running = await startSandbox({ listen, workers, down: given.text('down') === '' ? [] : [given.text('down')] }).catch((e: Error) => {
    const why = /EADDRINUSE/.test(e.message) ? 'the address is in use' : e.message;
    throw new Refusal(`cannot listen on ${listen}: ${why}; give another address with -listen, port 0 takes a free one`);
  });
  try {
    await io.stdout.write(`${describeSandbox(running.address, running.sandbox).join('\n')}\n`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return STATUS.fine;
  } finally {
    await running.close();
  }
}

function checkAddress(listen: string): void {
  try {
    splitHostPort(listen);
  } catch (e) {
    throw new Refusal(`-listen ${listen}: ${(e as Error).message}; write host:port, such as 127.0.0.1:8261`);
  }
}

function workersOf(text: string): number {
  const workers = /^\d+$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MOST_WORKERS) throw new Refusal(`-workers ${text}: a number from 1 to ${MOST_WORKERS} is wanted`);
  return workers;
}
