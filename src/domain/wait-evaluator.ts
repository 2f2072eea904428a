// Whether what somebody waits for has come: a verdict over successive answers, without a clock or a network of its own.

import { count } from '../text/quantity.ts';
import { suggest } from '../text/suggested-command.ts';
import { type PositionGap, positionGap, readPosition } from './binlog-position.ts';
import { openMarks, type Reach, uncertainOf } from './caught-up.ts';
import type { Cluster, SubTask, Worker } from './cluster.ts';
import type { WaitCondition } from './wait-conditions.ts';

export type WaitState =
  | { readonly kind: 'reached'; readonly how: string }
  /** `missing` changes only when something happens; what moves all the time is in `progress`. `brief`: the same without names. */
  | { readonly kind: 'not yet'; readonly missing: string; readonly brief: string; readonly progress?: Progress }
  /** It cannot come any more, and what helps. */
  | { readonly kind: 'never'; readonly why: string }
  /** It may have come, and nobody can know from outside. `behind`: workers where a written checkpoint would tell. */
  | { readonly kind: 'uncertain'; readonly why: string; readonly behind: readonly string[] };

/** How far it is. Rates and times are left out until they are known; a rate is in bytes a second, a time in seconds. */
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

/** What a round of asking gave, and when, in milliseconds of any clock. */
export type Round =
  | { readonly at: number; readonly cluster: Cluster }
  /** The master did not answer. */
  | { readonly at: number; readonly failed: string };

/** A judge of successive rounds. */
export interface Judge {
  judge(round: Round): WaitState;
  /** Checkpoints have been written on purpose. */
  flushed(): void;
}

export interface WaitTarget {
  readonly condition: WaitCondition;
  readonly task: string;
  /** Only these workers count; empty for all. */
  readonly workers: readonly string[];
}

/** Milliseconds. A master that restarts is away for some seconds, and so is what a worker that restarts tells. */
const SILENCE = 30_000;
const ABSENCE = 10_000;
/** Paused and finished show for an instant between units, too, and a worker that restarts is back after 2.5 s. */
const SETTLED = 3_000;
/** DM tries again by itself about 2, 7, 12, 22 and 37 s after an error; each try shows as running for a moment. */
const HOPELESS = 45_000;
/** The checkpoint is written with the first event that comes 30 s or more after it was written last. */
const STANDSTILL = 35_000;
/** Milliseconds over which rates are taken: positions move with checkpoints, twice a minute. */
const WINDOW = 120_000;

const EMPTY: ReadonlyMap<string, number> = new Map();

/** Judges round after round. */
export function createWaitEvaluator(wanted: WaitTarget): Judge {
  const { condition, task } = wanted;
  /** Since when something holds without a break, by what it is. */
  let since: ReadonlyMap<string, number> = EMPTY;
  let held = new Map<string, number>();
  let now = 0;
  const moves = new Map<string, { text: string; at: number }>();
  const marks = openMarks();
  let flushed = false;
  const errors = new Map<string, { since: number; mended: number | undefined; text: string }>();
  const rates = openRates();
  let rounds = 0;

  /** For how long something has held, this round included. */
  const lasting = (what: string): number => {
    const start = since.get(what) ?? now;
    held.set(what, start);
    return now - start;
  };
  /** For how many rounds in a row the goal has been there. */
  const inARow = (holds: boolean): number => {
    rounds = holds ? rounds + 1 : 0;
    return rounds;
  };
  const notYet = (missing: string, brief: string, progress?: Progress): WaitState => ({
    kind: 'not yet',
    missing,
    brief,
    ...(progress && { progress }),
  });
  const notYetFor = (silent: readonly string[], progress?: Progress): WaitState => {
    const does = silent.length === 1 ? 'does' : 'do';
    return notYet(`${listed(silent)} ${does} not answer (-w names the workers to wait for)`, 'a worker does not answer', progress);
  };

  /** How long a sub task has been in an error; a short time without it is only a try. */
  const inError = (s: SubTask): number | undefined => {
    const known = errors.get(s.worker);
    if (s.errors.length > 0) {
      errors.set(s.worker, { since: known?.since ?? now, mended: undefined, text: s.errors[0] as string });
      return now - (known?.since ?? now);
    }
    if (!known) return undefined;
    known.mended ??= now;
    if (now - known.mended < SETTLED && s.health !== 'held') return now - known.since;
    errors.delete(s.worker);
    return undefined;
  };

  /** Milliseconds since anything about a sub task moved: the upstream, the relay, the count of events or the checkpoint. */
  const stillFor = (s: SubTask, relay: Worker['relay']): number => {
    const text = `${s.stage} ${s.unit} ${s.sync?.master} ${s.sync?.events} ${s.sync?.at} ${relay?.at}`;
    const last = moves.get(s.worker);
    if (last?.text === text) return now - last.at;
    moves.set(s.worker, { text, at: now });
    return 0;
  };

  const judgeParts = (parts: readonly SubTask[], workers: readonly Worker[]): WaitState => {
    const where = (list: readonly SubTask[]): string => listed(list.map((s) => s.worker));
    const failing = new Map(parts.flatMap((s) => (inError(s) === undefined ? [] : [[s, errors.get(s.worker)?.since ?? now] as const])));
    const relays = new Map(workers.map((w) => [w.worker, w.relay]));
    const relayOf = (s: SubTask): Worker['relay'] => relays.get(s.worker);
    const still = new Map(parts.map((s) => [s, stillFor(s, relayOf(s))]));
    const reached = new Map<SubTask, Reach>();
    const fine = (s: SubTask): boolean => s.stage === 'Running' && !failing.has(s);
    const settled = (what: string, list: readonly SubTask[]): SubTask[] => list.filter((s) => lasting(`${what} ${s.worker}`) >= SETTLED);

    const lacks = (s: SubTask): string => {
      if (condition === 'paused') return s.stage === 'Paused' && s.reason === '' ? '' : stands(s);
      if (condition === 'stopped') return `still there: ${stands(s)}`;
      if (condition === 'finished') return s.stage === 'Finished' ? '' : stands(s);
      if (!fine(s)) return failing.has(s) ? 'in an error, DM tries again by itself' : stands(s);
      if (condition === 'running') return '';
      if (!s.sync) return stands(s);
      if (condition === 'synced') return s.sync.synced ? '' : s.reason || 'not synced';
      if (s.reason !== '') return s.reason;
      if (s.sync.groups > 0) return 'waits for the other tables of a sharding group';
      const reach = marks.reach(s, relayOf(s));
      reached.set(s, reach);
      if (reach.kind === 'waits') return reach.lack;
      return reach.kind === 'passed' ? '' : 'the checkpoint is before the mark';
    };
    for (const s of parts) marks.note(s, relayOf(s));
    const open = parts.map((s) => ({ s, lack: lacks(s) })).filter(({ lack }) => lack !== '');

    const silent = workers.filter((w) => w.error !== '').map((w) => w.worker);
    const steady = condition === 'caught-up' || condition === 'running' || condition === 'finished' ? 2 : 1;
    const there = inARow(open.length === 0 && silent.length === 0);
    if (there >= steady)
      return { kind: 'reached', how: `${task} is ${condition === 'caught-up' ? 'caught up' : condition} on ${where(parts)}` };

    const never = neverFor(parts, {
      failing: new Map([...failing].map(([s, start]) => [s, now - start])),
      errorOf: (s) => firstLine(errors.get(s.worker)?.text ?? ''),
      settled,
      relayOf,
    });
    if (never) return { kind: 'never', why: never };

    const unknowable = uncertainOf(
      open.map(({ s }) => ({ where: s.worker, reach: reached.get(s), still: (still.get(s) as number) >= STANDSTILL })),
      flushed,
    );
    if (unknowable && (silent.length === 0 || unknowable.behind.length === 0)) return { kind: 'uncertain', ...unknowable };

    const progress = progressOf(parts, rates, now);
    if (silent.length > 0) return notYetFor(silent, progress);
    if (open.length === 0) return notYet('all is there; looking once more', 'looking once more', progress);
    const [first] = open as [(typeof open)[number]];
    const same = open.filter(({ lack }) => lack === first.lack);
    const others = open.length - same.length;
    const more = others > 0 ? `, and ${others} more` : '';
    return notYet(`${where(same.map(({ s }) => s))}: ${first.lack}${more}`, first.lack, progress);
  };

  const neverFor = (
    parts: readonly SubTask[],
    know: {
      failing: ReadonlyMap<SubTask, number>;
      errorOf(s: SubTask): string;
      settled(what: string, list: readonly SubTask[]): SubTask[];
      relayOf(s: SubTask): Worker['relay'];
    },
  ): string | undefined => {
    if (condition === 'stopped') return undefined;
    const ended = know.settled(
      'finished',
      parts.filter((s) => s.stage === 'Finished'),
    );
    const [done] = ended;
    if (done && condition !== 'finished') {
      return condition === 'running' || condition === 'paused'
        ? `${task} has finished on ${done.worker}: it does not run any more`
        : `${task} has finished on ${done.worker}: it loads and does not replicate; wait for it with --for finished`;
    }
    if (condition === 'paused') return undefined;
    const endless = condition === 'finished' ? parts.find((s) => s.unit === 'Sync') : undefined;
    if (endless) return `${task} replicates on ${endless.worker} and has no end; wait for it with --for caught-up`;
    const [byHand] = know.settled(
      'held',
      parts.filter((s) => s.health === 'held'),
    );
    if (byHand) return `${task} is paused on ${byHand.worker}; ${suggest('resume-task <task>', { task })} lets it go on`;
    const [failed] = [...know.failing].find(([, ms]) => ms >= HOPELESS) ?? [];
    if (failed) {
      return `${task} on ${failed.worker} has been in an error for 45 s, and DM could not help itself; ${suggest('query-error <task>', { task })} tells more, ${suggest('resume-task <task>', { task })} tries again: ${know.errorOf(failed)}`;
    }
    const needsRelay = condition === 'running' ? parts.filter((s) => s.stage === 'Paused') : condition === 'finished' ? [] : parts;
    const stopped = needsRelay.filter((s) => {
      const health = know.relayOf(s)?.health;
      return s.unit === 'Sync' && (health === 'held' || health === 'broken');
    });
    const [dry] = know.settled('relay', stopped);
    if (dry)
      return `the relay of ${dry.worker} is ${know.relayOf(dry)?.stage} and does not go on by itself; ${suggest('resume-relay -w <worker>', { worker: dry.worker })} helps`;
    return undefined;
  };

  const judge = (round: Round): WaitState => {
    if ('failed' in round) {
      inARow(false);
      // What was seen before may still hold: a master that does not answer says nothing about the task.
      for (const [what, start] of since) held.set(what, start);
      if (lasting('silent') >= SILENCE)
        return { kind: 'never', why: `the DM-master has not answered for 30 s: ${firstLine(round.failed)}` };
      return notYet('the DM-master does not answer', 'the DM-master does not answer');
    }
    const { refused, workers, subTasks } = round.cluster;
    if (refused !== '') {
      inARow(false);
      if (wanted.workers.length > 0 || lasting('refused') >= SILENCE)
        return { kind: 'never', why: `the DM-master says: ${firstLine(refused)}` };
      return notYet('the DM-master refuses to tell', 'the DM-master refuses to tell');
    }
    const parts = subTasks.filter((s) => s.task === task);
    if (parts.length > 0) return judgeParts(parts, workers);
    const silent = workers.filter((w) => w.error !== '').map((w) => w.worker);
    if (silent.length > 0) {
      inARow(false);
      return notYetFor(silent);
    }
    const nowhere = wanted.workers.length > 0 ? `not on ${listed(wanted.workers)}` : 'on no worker';
    if (condition === 'stopped') return { kind: 'reached', how: `${task} is ${nowhere}` };
    inARow(false);
    if (lasting('absent') >= ABSENCE) return { kind: 'never', why: `no such task: ${task} is ${nowhere}; start-task begins one` };
    return notYet(`${task} is ${nowhere}`, `it is ${nowhere}`);
  };

  return {
    judge: (round) => {
      now = round.at;
      held = new Map();
      const verdict = judge(round);
      since = held;
      return verdict;
    },
    flushed: () => {
      flushed = true;
      moves.clear();
    },
  };
}

/** How a sub task stands, in a few words that do not change from round to round. */
function stands({ stage, unit, reason, health }: SubTask): string {
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

/** How much a value has grown a second, by what it is of; undefined until it has been seen for some time. */
function openRates(): Rates {
  const samples = new Map<string, { at: number; value: number }[]>();
  return (what, value, at) => {
    const seen = samples.get(what) ?? [];
    samples.set(what, seen);
    if ((seen.at(-1)?.value ?? value) > value) seen.length = 0; // it began anew
    seen.push({ at, value });
    while (seen.length > 2 && at - (seen[1] as { at: number }).at >= WINDOW) seen.shift();
    const [first] = seen as [{ at: number; value: number }];
    return at - first.at >= 1000 ? ((value - first.value) * 1000) / (at - first.at) : undefined;
  };
}

/** Loading comes first: what it has left is known. Of sub tasks in Sync the one that is furthest behind is told. */
function progressOf(parts: readonly SubTask[], rates: Rates, now: number): Progress | undefined {
  const loads = parts.flatMap((s) => (s.load && s.stage !== 'Finished' ? [s.load] : []));
  if (loads.length > 0) {
    const done = loads.reduce((sum, l) => sum + l.done, 0);
    const total = loads.reduce((sum, l) => sum + l.total, 0);
    const rate = rates(`load of ${count(loads.length, 'part')}`, done, now);
    return { kind: 'load', done, total, ...timeLeft(total - done, rate) };
  }
  const syncs = parts.flatMap((s) => (s.sync ? [{ worker: s.worker, ...s.sync, behind: positionGap(s.sync.master, s.sync.at) }] : []));
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

/** `flight`: how fast the end itself moves away. */
function timeLeft(bytes: number, rate: number | undefined, flight = 0): { rate?: number; left?: number } {
  if (rate === undefined) return {};
  return { rate, ...(rate > flight && bytes > 0 && { left: bytes / (rate - flight) }) };
}
