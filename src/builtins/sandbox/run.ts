// Runs the sandbox until it is interrupted.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { FlagValues, ParsedArgs } from '../../command/flags.ts';
import { parseRelease } from '../../command/release.ts';
import type { RunContext } from '../../invoke/context.ts';
import { splitHostPort } from '../../text/address.ts';
import type { sandbox } from './command.ts';

const MAX_WORKERS = 200;
const MAX_TASKS = 100;
const MAX_MASTERS = 3;

type Flags = FlagValues<(typeof sandbox)['flags']>;

/** A sandbox that listens, and the lines that describe it. */
interface Running {
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Starts the sandbox, prints its address, and waits for Ctrl-C. Throws Refusal. */
export async function runSandbox({ flags }: ParsedArgs<Flags>, { io, signal }: RunContext): Promise<number> {
  const release = releaseOf(flags.dm || '1.0');
  const isFirst = release.startsWith('1.');
  if (flags.sample) {
    const { SAMPLE_TASK } = isFirst ? await import('../../sandbox/v1/sample-task.ts') : await import('../../sandbox/v2/sample-task.ts');
    await io.stdout.write(SAMPLE_TASK);
    return EXIT_CODE.ok;
  }
  const listen = flags.listen || '127.0.0.1:8261';
  checkAddress(listen);
  const workers = countOf('workers', flags.workers || '2', MAX_WORKERS);
  const masters = countOf('masters', flags.masters || '1', MAX_MASTERS);
  if (isFirst && masters > 1) throw new Refusal('a DM 1.0 has one DM-master. Use -masters with -dm 2.0.7 or later');
  const tasks = flags.tasks === '' ? 0 : countOf('tasks', flags.tasks, MAX_TASKS);
  const columns = io.stdout.columns || 80;
  const options = { listen, workers, tasks, columns, down: flags.down === '' ? [] : [flags.down] };
  const running = await (isFirst ? startFirst(options) : startSecond({ ...options, masters, release })).catch((e: Error) => {
    const why = /EADDRINUSE/.test(e.message) ? 'the address is in use' : e.message;
    throw new Refusal(`cannot listen on ${listen}: ${why}. Use another address with -listen, or port 0 for a free port`);
  });
  try {
    await io.stdout.write(`${running.lines.join('\n')}\n`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return EXIT_CODE.ok;
  } finally {
    await running.close();
  }
}

interface Options {
  listen: string;
  workers: number;
  tasks: number;
  columns: number;
  down: string[];
}

async function startFirst({ columns, ...options }: Options): Promise<Running> {
  const { startSandbox } = await import('../../sandbox/v1/server.ts');
  const { describeSandbox } = await import('../../sandbox/v1/describe.ts');
  const { address, sandbox: state, close } = await startSandbox(options);
  return { lines: describeSandbox(address, state, { tasks: options.tasks, columns }), close };
}

async function startSecond({ columns, ...options }: Options & { masters: number; release: string }): Promise<Running> {
  const { startSandbox } = await import('../../sandbox/v2/server.ts');
  const { describeSandbox } = await import('../../sandbox/v2/describe.ts');
  const { addresses, sandbox: state, close } = await startSandbox(options);
  return { lines: describeSandbox(addresses, state, { tasks: options.tasks, columns }), close };
}

/** The release with its patch: 8.5 is 8.5.0. */
function releaseOf(text: string): string {
  const release = parseRelease(text);
  const isPlain = /^\d+\.\d+(\.\d+)?$/.test(text);
  if (!release || !isPlain) throw new Refusal(`-dm ${text}: not a release of DM. Use for example 1.0, 2.0.7, 6.5 or 8.5`);
  return `${release.major}.${release.minor}.${release.patch}`;
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
