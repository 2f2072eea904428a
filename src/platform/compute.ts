// Interruptible synchronous work. No signal listener runs during such work, but V8 can be stopped from another thread. node:vm
// has such a thread for a script, so the work runs as a script.

import vm from 'node:vm';

let script: vm.Script | undefined;

/** The work was stopped before its end. */
export class Stopped extends Error {
  /** Whether Ctrl-C stopped it, in which case no signal listener was called. Otherwise the time limit was reached. */
  readonly bySignal: boolean;
  constructor(bySignal: boolean) {
    super('the work was stopped');
    this.name = 'Stopped';
    this.bySignal = bySignal;
  }
}

/**
 * Does the work. Ctrl-C or the limit (milliseconds) stops it at any point. An earlier Ctrl-C that no listener has received yet
 * is lost, since Node removes the listeners during the work. Let the event loop turn first.
 * @throws Stopped
 */
export function compute<T>(work: () => T, limitMs: number | undefined): T {
  if (limitMs !== undefined && limitMs <= 0) throw new Stopped(false);
  const shared = globalThis as { dmctlWork?: (() => T) | undefined };
  const outer = shared.dmctlWork;
  shared.dmctlWork = work;
  script ??= new vm.Script('globalThis.dmctlWork()');
  try {
    return script.runInThisContext({ breakOnSigint: true, ...(limitMs !== undefined && { timeout: Math.ceil(limitMs) }) }) as T;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw new Stopped(true);
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Stopped(false);
    throw error;
  } finally {
    shared.dmctlWork = outer;
  }
}
