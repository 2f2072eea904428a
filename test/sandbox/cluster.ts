// A cluster for tests: a clock that only the test moves, and short forms of the machine's answers.

import { createState } from '../../src/sandbox/v1/cluster.ts';
import type { MethodName } from '../../src/sandbox/v1/machine.ts';
import type { Options, State } from '../../src/sandbox/v1/state.ts';
import type { Methods } from '../../src/wire/generated/v1.ts';
import { ask } from './ask.ts';
import { FILES } from './files.ts';
import { summarise } from './summary.ts';

export const W1 = '127.0.0.1:8262';
export const W2 = '127.0.0.1:8263';
export const NOBODY = '127.0.0.1:9999';
export const LOCK = 'shard-`shop`.`t_all`';

export class Cluster {
  readonly state: State;
  now = 0;

  /** By default, upstreams are quiet and there are no demonstrations. Dump takes 6 s and Load 15 s. */
  constructor(options: Partial<Options> = {}) {
    this.state = createState({ trafficMs: 0, demos: false, ...options });
  }

  wait(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  ask<M extends MethodName>(method: M, request: Methods[M]['request'] = {}) {
    return ask(this.state, method, request, this.now);
  }

  /** The answer in one line (summary.ts). */
  short<M extends MethodName>(method: M, request: Methods[M]['request'] = {}): string {
    return summarise(this.ask(method, request));
  }

  /** Starts a task and the time of its units. */
  begin(task: string): this {
    this.ask('StartTask', { task });
    return this;
  }

  /** Starts a file of files.ts and waits until it is in Sync. */
  sync(file: string): this {
    this.begin(FILES[file] as string)
      .wait(21.5)
      .ask('QueryStatus');
    return this;
  }

  /** Stage, unit and load's progress of a task, by worker. */
  stages(name: string): string[] {
    return this.ask('QueryStatus', { name }).workers.flatMap((w) =>
      w.subTaskStatus.map((t) => [t.stage, t.unit, t.load?.progress].filter(Boolean).join(' ')),
    );
  }
}
