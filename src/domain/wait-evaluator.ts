// Evaluates successive answers until a wait's condition holds or cannot hold any more. Has no clock and no network.

import { count } from '../text/quantity.ts';
import { suggest } from '../text/suggested-command.ts';
import { type PositionGap, positionGap, readPosition } from './binlog-position.ts';
import { openMarks, type Reach, uncertainOf } from './caught-up.ts';
import type { Cluster, SubTask, Worker } from './cluster.ts';
import { exceeds, type LagLimit } from './lag-limit.ts';
import type { WaitCondition } from './wait-conditions.ts';

export type WaitState =
  | { readonly kind: 'reached'; readonly how: string }
  /** `missing` changes only when something happens. `progress` changes all the time. `brief`: `missing` without names. */
  | { readonly kind: 'not yet'; readonly missing: string; readonly brief: string; readonly progress?: Progress }
  /** It can no longer happen. `why` also contains what to do. */
  | { readonly kind: 'never'; readonly why: string }
  /** It may have happened, but it is impossible to know. `behind`: workers on which a flush would decide. */
  | { readonly kind: 'uncertain'; readonly why: string; readonly behind: readonly string[] };

/** The progress. Rates and times are absent until they are known. A rate is in bytes per second, a time in seconds. */
export type Progress = { readonly rate?: number; readonly left?: number } & (
  | { readonly kind: 'load'; readonly done: number; readonly total: number }
  /** Of the sub task that is furthest behind. `share`: its place in the upstream's file, 0 to 1. */
  | {
      readonly kind: 'sync';
      readonly at: string;
      readonly master: string;
      readonly behind: PositionGap | undefined;
      readonly share?: number;
    }
);

/** The result of one poll, and its time in milliseconds of any clock. */
export type Round =
  | { readonly at: number; readonly cluster: Cluster }
  /** The master did not answer. */
  | { readonly at: number; readonly failed: string };

/** Evaluates successive polls. */
export interface Judge {
  judge(round: Round): WaitState;
  /** Records that checkpoints were flushed. */
  flushed(): void;
}

/** The commands of a generation that `wait` suggests. */
export interface WaitCommands {
  /** Shows the errors of `<task>`. */
  readonly seeErrors: string;
  /** Resumes the relay of `<worker>` or `<source>`. */
  readonly resumeRelay: string;
}

export interface WaitTarget {
  readonly condition: WaitCondition;
  readonly task: string;
  /** Only these workers count. Empty for all. */
  readonly workers: readonly string[];
  /** The lag that the sub tasks may have, with `running`. */
  readonly maxLag?: LagLimit | undefined;
  /** What to do if it cannot be reached. */
  readonly commands: WaitCommands;
}

/** Milliseconds. A master that restarts does not answer for some seconds. The same is true of a worker. */
const SILENCE = 30_000;
const ABSENCE = 10_000;
/** Paused and finished also appear for an instant between units, and a restarting worker is back after 2.5 s. */
const SETTLED = 3_000;
/** DM retries automatically about 2, 7, 12, 22 and 37 s after an error. Each retry appears as running for a moment. */
const RETRIED = 45_000;
/** The checkpoint is flushed with the first event that arrives at least 30 s after the last flush. */
const STANDSTILL = 35_000;
/** The period of rates in milliseconds: positions move with checkpoints, twice a minute. */
const WINDOW = 120_000;

const EMPTY: ReadonlyMap<string, number> = new Map();

/** Conditions that must hold in two polls: an error comes back within a second after a resume. */
const STEADY: readonly WaitCondition[] = ['caught-up', 'running', 'finished', 'validated'];

/** What one poll shows about the sub tasks. */
interface Look {
  readonly parts: readonly SubTask[];
  /** How long a sub task has been in an error, in milliseconds. */
  readonly failing: ReadonlyMap<SubTask, number>;
  /** Milliseconds since anything about a sub task last moved. */
  readonly still: ReadonlyMap<SubTask, number>;
  /** A sub task's progress to its mark. Set for caught-up. */
  readonly reached: Map<SubTask, Reach>;
  relayOf(subTask: SubTask): Worker['relay'];
}

/** Creates an evaluator. It has no clock: each poll contains its time. */
export function createWaitEvaluator(target: WaitTarget): Judge {
  const evaluator = new WaitEvaluator(target);
  return { judge: (round) => evaluator.judge(round), flushed: () => evaluator.flushed() };
}

class WaitEvaluator {
  private readonly target: WaitTarget;
  private readonly marks = openMarks();
  private readonly rates = openRates();
  private readonly errors = new Map<string, { since: number; gone: number | undefined; text: string }>();
  private readonly moves = new Map<string, { text: string; at: number }>();
  /** Since when each thing has held without a break. */
  private since: ReadonlyMap<string, number> = EMPTY;
  private held = new Map<string, number>();
  private now = 0;
  private rounds = 0;
  private wasFlushed = false;

  constructor(target: WaitTarget) {
    this.target = target;
  }

  judge(round: Round): WaitState {
    this.now = round.at;
    this.held = new Map();
    const state = this.stateOf(round);
    this.since = this.held;
    return state;
  }

  flushed(): void {
    this.wasFlushed = true;
    this.moves.clear();
  }

  private stateOf(round: Round): WaitState {
    const { task, workers: named, condition } = this.target;
    if ('failed' in round) {
      this.inARow(false);
      // Earlier observations may still hold: without an answer nothing is known about the task.
      for (const [what, start] of this.since) this.held.set(what, start);
      if (this.lasting('silent') >= SILENCE)
        return { kind: 'never', why: `the DM-master has not answered for 30 s: ${firstLine(round.failed)}` };
      return notYet('the DM-master does not answer', 'the DM-master does not answer');
    }
    const { refused, workers, subTasks } = round.cluster;
    if (refused !== '') {
      this.inARow(false);
      if (named.length > 0 || this.lasting('refused') >= SILENCE)
        return { kind: 'never', why: `the DM-master rejected the query: ${firstLine(refused)}` };
      return notYet('the DM-master rejects the query', 'the DM-master rejects the query');
    }
    const parts = subTasks.filter((s) => s.task === task);
    if (parts.length > 0) return this.stateOfParts(parts, workers);
    const silent = silentOf(workers);
    if (silent.length > 0) {
      this.inARow(false);
      return notYetFor(silent);
    }
    const nowhere = named.length > 0 ? `not on ${listed(named)}` : 'on no worker';
    if (condition === 'stopped') return { kind: 'reached', how: `${task} is ${nowhere}` };
    this.inARow(false);
    if (this.lasting('absent') >= ABSENCE) return { kind: 'never', why: `no such task: ${task} is ${nowhere}. Start it with start-task` };
    return notYet(`${task} is ${nowhere}`, `it is ${nowhere}`);
  }

  private stateOfParts(parts: readonly SubTask[], workers: readonly Worker[]): WaitState {
    const { task, condition } = this.target;
    const look = this.lookAt(parts, workers);
    const open = parts.map((s) => ({ s, lack: this.lackOf(s, look) })).filter(({ lack }) => lack !== '');
    const silent = silentOf(workers);
    const rounds = this.inARow(open.length === 0 && silent.length === 0);
    if (rounds >= (STEADY.includes(condition) ? 2 : 1))
      return { kind: 'reached', how: `${task} is ${condition === 'caught-up' ? 'caught up' : condition} on ${where(parts)}` };

    const never = this.neverFor(look);
    if (never) return { kind: 'never', why: never };

    const unknowable = uncertainOf(
      open.map(({ s }) => ({ where: s.target, reach: look.reached.get(s), still: (look.still.get(s) as number) >= STANDSTILL })),
      this.wasFlushed,
    );
    if (unknowable && (silent.length === 0 || unknowable.behind.length === 0)) return { kind: 'uncertain', ...unknowable };

    const progress = progressOf(parts, this.rates, this.now);
    if (silent.length > 0) return notYetFor(silent, progress);
    if (open.length === 0) return notYet('one more check is pending', 'one more check is pending', progress);
    const [first] = open as [(typeof open)[number]];
    const same = open.filter(({ lack }) => lack === first.lack);
    const others = open.length - same.length;
    const more = others > 0 ? `, and ${others} more` : '';
    return notYet(`${where(same.map(({ s }) => s))}: ${first.lack}${more}`, first.lack, progress);
  }

  private lookAt(parts: readonly SubTask[], workers: readonly Worker[]): Look {
    const relays = new Map(workers.map((w) => [w.target, w.relay]));
    const relayOf = (s: SubTask): Worker['relay'] => relays.get(s.target);
    const failing = new Map<SubTask, number>();
    const still = new Map<SubTask, number>();
    for (const s of parts) {
      const ms = this.inError(s);
      if (ms !== undefined) failing.set(s, ms);
      still.set(s, this.stillFor(s, relayOf(s)));
      this.marks.note(s, relayOf(s));
    }
    return { parts, failing, still, reached: new Map(), relayOf };
  }

  /** What a sub task still lacks. Empty if nothing. */
  private lackOf(s: SubTask, { failing, reached, relayOf }: Look): string {
    const { condition } = this.target;
    if (condition === 'paused') return s.stage === 'Paused' && s.reason === '' ? '' : stateText(s);
    if (condition === 'stopped') return `still exists: ${stateText(s)}`;
    if (condition === 'finished') return s.stage === 'Finished' ? '' : stateText(s);
    if (failing.has(s)) return 'in an error, DM tries again automatically';
    if (s.stage !== 'Running') return stateText(s);
    const { maxLag } = this.target;
    if (maxLag && exceeds(maxLag, s)) return s.sync ? `its lag is above ${maxLag.text}` : stateText(s);
    if (condition === 'running') return '';
    if (!s.sync) return stateText(s);
    if (condition === 'synced') return s.sync.synced ? '' : s.reason || 'not synced';
    if (condition === 'validated') return this.lackOfValidation(s);
    if (s.reason !== '') return s.reason;
    if (s.sync.groups > 0) return 'waits for the other tables of a sharding group';
    const reach = this.marks.reach(s, relayOf(s));
    reached.set(s, reach);
    if (reach.kind === 'waits') return reach.lack;
    return reach.kind === 'passed' ? '' : 'the checkpoint is before the mark';
  }

  /** What the validation of a sub task in Sync still lacks. It reads only what replication has executed. */
  private lackOfValidation(s: SubTask): string {
    const { sync, validation } = s;
    if (!sync || !validation?.running) return 'its validation does not run';
    if (validation.at === '') return 'its validation has not saved its position yet. It does so every 5 minutes';
    const reach = this.marks.reach({ ...s, sync: { ...sync, at: validation.at } }, undefined);
    if (reach.kind === 'waits') return reach.lack;
    if (reach.kind !== 'passed') return 'the position of its validation is before the mark';
    return validation.pending > 0 ? `${count(validation.pending, 'row')} to check` : '';
  }

  /** Why a validation cannot succeed any more. Undefined while it can. */
  private failedValidation(parts: readonly SubTask[]): string | undefined {
    const { task } = this.target;
    const [off] = this.settled('unvalidated', parts, (s) => s.sync !== undefined && !s.validation?.running);
    if (off) return `the validation of ${task} does not run on ${off.target}. Use ${suggest('validation start <task>', { task })}`;
    const wrong = parts.find((s) => (s.validation?.newErrors ?? 0) > 0);
    if (!wrong) return undefined;
    const rows = count(wrong.validation?.newErrors ?? 0, 'row');
    return `the validation found ${rows} on ${wrong.target} that differ. See ${suggest('validation show-error <task>', { task })}`;
  }

  /** Why the condition can no longer hold, and what to do. Undefined while it can. */
  private neverFor(look: Look): string | undefined {
    const { task, condition } = this.target;
    const { parts, failing } = look;
    if (condition === 'stopped') return undefined;
    const [done] = this.settled('finished', parts, (s) => s.stage === 'Finished');
    if (done && condition !== 'finished') {
      return condition === 'running' || condition === 'paused'
        ? `${task} has finished on ${done.target} and no longer runs`
        : `${task} has finished on ${done.target}: it only loads and does not replicate. Use wait --for finished`;
    }
    if (condition === 'paused') return undefined;
    const endless = condition === 'finished' ? parts.find((s) => s.unit === 'Sync') : undefined;
    if (endless) return `${task} replicates on ${endless.target} and never finishes. Use wait --for caught-up`;
    const [byHand] = this.settled('held', parts, (s) => s.health === 'held');
    if (byHand) return `${task} is paused on ${byHand.target}. Resume it with ${suggest('resume-task <task>', { task })}`;
    const [failed] = [...failing].find(([, ms]) => ms >= RETRIED) ?? [];
    if (failed) {
      const error = firstLine(this.errors.get(failed.target)?.text ?? '');
      return `${task} on ${failed.target} has been in an error for 45 s, and the automatic retries of DM failed. See ${suggest(this.target.commands.seeErrors, { task })}, and try again with ${suggest('resume-task <task>', { task })}. The error: ${error}`;
    }
    return (condition === 'validated' ? this.failedValidation(parts) : undefined) ?? this.stoppedRelay(look);
  }

  private stoppedRelay({ parts, relayOf }: Look): string | undefined {
    const { condition } = this.target;
    const needsRelay = (s: SubTask): boolean => condition !== 'finished' && (condition !== 'running' || s.stage === 'Paused');
    const [dry] = this.settled('relay', parts, (s) => {
      const health = relayOf(s)?.health;
      return needsRelay(s) && s.unit === 'Sync' && (health === 'held' || health === 'broken');
    });
    if (!dry) return undefined;
    return `the relay of ${dry.target} is ${relayOf(dry)?.stage} and does not resume automatically. Use ${suggest(this.target.commands.resumeRelay, { worker: dry.target, source: dry.target })}`;
  }

  /** The sub tasks for which something has held long enough. */
  private settled(what: string, parts: readonly SubTask[], holds: (s: SubTask) => boolean): SubTask[] {
    return parts.filter(holds).filter((s) => this.lasting(`${what} ${s.target}`) >= SETTLED);
  }

  /** How long something has held, in milliseconds, including this poll. */
  private lasting(what: string): number {
    const start = this.since.get(what) ?? this.now;
    this.held.set(what, start);
    return this.now - start;
  }

  /** In how many consecutive polls the condition has held. */
  private inARow(holds: boolean): number {
    this.rounds = holds ? this.rounds + 1 : 0;
    return this.rounds;
  }

  /** How long a sub task has been in an error, in milliseconds. A short time without the error is only a retry. */
  private inError(s: SubTask): number | undefined {
    const { errors, now } = this;
    const known = errors.get(s.target);
    if (s.errors.length > 0) {
      errors.set(s.target, { since: known?.since ?? now, gone: undefined, text: s.errors[0] as string });
      return now - (known?.since ?? now);
    }
    if (!known) return undefined;
    known.gone ??= now;
    if (now - known.gone < SETTLED && s.health !== 'held') return now - known.since;
    errors.delete(s.target);
    return undefined;
  }

  /** Milliseconds since anything about a sub task last moved: upstream, relay, event count or checkpoint. */
  private stillFor(s: SubTask, relay: Worker['relay']): number {
    const text = `${s.stage} ${s.unit} ${s.sync?.master} ${s.sync?.events} ${s.sync?.at} ${relay?.at}`;
    const last = this.moves.get(s.target);
    if (last?.text === text) return this.now - last.at;
    this.moves.set(s.target, { text, at: this.now });
    return 0;
  }
}

function notYet(missing: string, brief: string, progress?: Progress): WaitState {
  return { kind: 'not yet', missing, brief, ...(progress && { progress }) };
}

function notYetFor(silent: readonly string[], progress?: Progress): WaitState {
  const does = silent.length === 1 ? 'does' : 'do';
  return notYet(`${listed(silent)} ${does} not answer (to wait only for some workers, use -w)`, 'a worker does not answer', progress);
}

/** The workers that did not answer. */
const silentOf = (workers: readonly Worker[]): string[] => workers.filter((w) => w.error !== '').map((w) => w.target);

const where = (list: readonly SubTask[]): string => listed(list.map((s) => s.target));

/** The state of a sub task in a few words that do not change between polls. */
function stateText({ stage, unit, reason, health }: SubTask): string {
  if (reason !== '') return reason;
  if (stage === 'Paused') return health === 'broken' ? 'paused by an error' : 'paused';
  return stage === 'Running' ? `runs ${unit === '-' ? '' : unit}`.trim() : `is ${stage}`;
}

const firstLine = (text: string): string => text.split('\n')[0] as string;

/** "a", "a and b", "a, b and 3 more". */
function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

type Rates = (what: string, value: number, at: number) => number | undefined;

/** The growth of a value per second. Undefined until it has been observed for some time. */
function openRates(): Rates {
  const samples = new Map<string, { at: number; value: number }[]>();
  return (what, value, at) => {
    const seen = samples.get(what) ?? [];
    samples.set(what, seen);
    if ((seen.at(-1)?.value ?? value) > value) seen.length = 0; // it started again
    seen.push({ at, value });
    while (seen.length > 2 && at - (seen[1] as { at: number }).at >= WINDOW) seen.shift();
    const [first] = seen as [{ at: number; value: number }];
    return at - first.at >= 1000 ? ((value - first.value) * 1000) / (at - first.at) : undefined;
  };
}

/** Loading comes first, because the rest is known. Of sub tasks in Sync, the one furthest behind. */
function progressOf(parts: readonly SubTask[], rates: Rates, now: number): Progress | undefined {
  const loads = parts.flatMap((s) => (s.load && s.stage !== 'Finished' ? [s.load] : []));
  if (loads.length > 0) {
    const done = loads.reduce((sum, l) => sum + l.done, 0);
    const total = loads.reduce((sum, l) => sum + l.total, 0);
    const rate = rates(`load of ${count(loads.length, 'sub task')}`, done, now);
    return { kind: 'load', done, total, ...timeLeft(total - done, rate) };
  }
  const syncs = parts.flatMap((s) => (s.sync ? [{ worker: s.target, ...s.sync, behind: positionGap(s.sync.master, s.sync.at) }] : []));
  const far = (d: PositionGap | undefined): number => (d ? d.files * 1e12 + d.bytes : -1);
  const [first, ...rest] = syncs;
  if (!first) return undefined;
  const last = rest.reduce((a, b) => (far(b.behind) > far(a.behind) ? b : a), first);
  const at = readPosition(last.at);
  const master = readPosition(last.master);
  const speed = at ? rates(`at ${last.worker} ${at.file}`, at.offset, now) : undefined;
  const flight = master ? rates(`end ${last.worker} ${master.file}`, master.offset, now) : undefined;
  const inFile = last.behind && last.behind.files === 0 && master ? last.behind.bytes : undefined;
  const share = at && master && inFile !== undefined && master.offset > 0 ? Math.min(1, at.offset / master.offset) : undefined;
  return {
    kind: 'sync',
    at: last.at,
    master: last.master,
    behind: last.behind,
    ...(share !== undefined && { share }),
    ...timeLeft(inFile ?? 0, speed, flight),
  };
}

/** `flight`: how fast the end itself moves. */
function timeLeft(bytes: number, rate: number | undefined, flight = 0): { rate?: number; left?: number } {
  if (rate === undefined) return {};
  return { rate, ...(rate > flight && bytes > 0 && { left: bytes / (rate - flight) }) };
}
