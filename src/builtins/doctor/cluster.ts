// Checks what runs: workers, relays, sub tasks, lag, locks and validation. Pure.

import type { KnownWorker } from '../../command/spec.ts';
import type { Cluster, SubTask } from '../../domain/cluster.ts';
import { readDmError } from '../../domain/dm-error.ts';
import { lagOf } from '../../domain/lag.ts';
import { exceeds, type LagLimit } from '../../domain/lag-limit.ts';
import { errorLine } from '../../presenters/error-note.ts';
import type { Lock } from '../../presenters/locks.ts';
import { count } from '../../text/quantity.ts';
import { suggest } from '../../text/suggested-command.ts';
import { type Check, failed, firstNames, ok, skipped, warning } from './check.ts';

/** What the checks of the cluster need of its generation. */
export interface ClusterFacts {
  readonly cluster: Cluster;
  /** Undefined if the generation does not list them. A text says why they are unknown. */
  readonly listed: readonly KnownWorker[] | string | undefined;
  /** A text says why they are unknown. */
  readonly locks: readonly Lock[] | string;
  /** Undefined if there is no limit in the unit that the generation reports. */
  readonly limit: LagLimit | undefined;
  readonly reportsValidation: boolean;
  /** The name of the command that shows the locks. */
  readonly showLocks: string;
}

/** Runs the checks. */
export function checkCluster(facts: ClusterFacts): readonly Check[] {
  const { subTasks } = facts.cluster;
  return [
    checkWorkers(facts),
    checkRelays(facts.cluster),
    checkSubTasks(subTasks),
    checkPaused(subTasks),
    checkLag(facts),
    checkLocks(facts),
    checkValidation(facts),
  ];
}

function checkWorkers({ cluster, listed }: ClusterFacts): Check {
  const { workers, refused } = cluster;
  const silent = workers.filter((w) => w.error !== '');
  const offline = typeof listed === 'object' ? listed.filter((w) => w.stage === 'offline').map((w) => w.name) : [];
  const total = Math.max(workers.length, typeof listed === 'object' ? listed.length : 0);
  const unbound = silent.filter((w) => w.worker === '').map((w) => w.source);
  const down = [...new Set([...silent.flatMap((w) => (w.worker === '' ? [] : [w.worker])), ...offline])];
  const parts = [
    ...(down.length > 0 ? [`${count(down.length, 'worker')} down: ${firstNames(down)}`] : []),
    ...(unbound.length > 0 ? [`no answer from the worker of ${firstNames(unbound)}`] : []),
    ...silent.slice(0, 1).map((w) => errorLine(w.error)),
  ];
  if (parts.length > 0) return failed('workers', parts.join('. '), 'Check the process and the log of these workers');
  if (refused !== '') return failed('workers', `the DM-master rejected the query: ${errorLine(refused)}`, explain(refused));
  if (typeof listed === 'string') return warning('workers', `the workers are unknown: ${listed}`, 'Check the log of the DM-master');
  return ok('workers', total === 0 ? 'there are no workers' : `${count(total, 'worker')}, none down`);
}

function checkRelays({ workers }: Cluster): Check {
  const relays = workers.flatMap((w) => (w.relay ? [w.relay] : []));
  const broken = relays.filter((r) => r.health === 'broken');
  const stopped = relays.filter((r) => r.health === 'held' || r.health === 'stuck');
  const names = [...broken, ...stopped].map((r) => `${r.target} (${r.stage}${codeText(r.errors)})`);
  const text = `${count(names.length, 'relay')} of ${relays.length} ${names.length === 1 ? 'does' : 'do'} not run: ${firstNames(names)}`;
  if (broken.length > 0) return failed('relays', text, `${explain(broken[0]?.errors[0])}. Then use resume-relay`);
  if (stopped.length > 0) return warning('relays', text, 'Use resume-relay, if they must run');
  return ok('relays', relays.length === 0 ? 'no relay is used' : `${count(relays.length, 'relay')}, all run`);
}

function checkSubTasks(subTasks: readonly SubTask[]): Check {
  const broken = subTasks.filter((s) => s.health === 'broken');
  const stuck = subTasks.filter((s) => s.health === 'stuck');
  const parts = [...(broken.length > 0 ? [`${broken.length} broken`] : []), ...(stuck.length > 0 ? [`${stuck.length} stuck`] : [])];
  const names = [...broken.map((s) => `${nameOf(s)}${codeText(s.errors)}`), ...stuck.map((s) => `${nameOf(s)} (${s.reason})`)];
  const text = `${parts.join(' and ')} of ${count(subTasks.length, 'sub task')}: ${firstNames(names)}`;
  if (broken.length > 0) return failed('sub tasks', text, `${explain(broken[0]?.errors[0])}. query-status --problems shows all`);
  if (stuck.length > 0) return warning('sub tasks', text, 'Use query-status --problems');
  return ok('sub tasks', subTasks.length === 0 ? 'no task runs' : `${count(subTasks.length, 'sub task')}, none broken or stuck`);
}

function checkPaused(subTasks: readonly SubTask[]): Check {
  const tasks = [...new Set(subTasks.filter((s) => s.health === 'held').map((s) => s.task))];
  if (tasks.length === 0) return ok('paused tasks', 'none');
  const text = `${count(tasks.length, 'task')} paused: ${firstNames(tasks)}`;
  return warning('paused tasks', text, `Use ${suggest('resume-task <task>', { task: tasks[0] })}, if it must run`);
}

function checkLag({ cluster, limit }: ClusterFacts): Check {
  if (!limit) return skipped('lag', 'this release of DM does not report seconds. Use --max-lag 1MiB for a limit in the binlog');
  const running = cluster.subTasks.filter((s) => s.stage === 'Running' && s.sync);
  const late = running.filter((s) => lagOf(s)?.amount !== undefined && exceeds(limit, s));
  if (late.length === 0)
    return ok('lag', running.length === 0 ? 'no sub task is in Sync' : `no sub task is more than ${limit.text} behind`);
  const names = late.map((s) => `${nameOf(s)} (${lagOf(s)?.text})`);
  const text = `${count(late.length, 'sub task')} more than ${limit.text} behind: ${firstNames(names)}`;
  return warning('lag', text, `Use ${suggest('watch query-status <task>', { task: late[0]?.task })}, to see whether the lag falls`);
}

function checkLocks({ locks, showLocks }: ClusterFacts): Check {
  if (typeof locks === 'string') return warning('DDL locks', `the DDL locks are unknown: ${locks}`, 'Check the log of the DM-master');
  if (locks.length === 0) return ok('DDL locks', 'none');
  const names = locks.map(({ id, unsynced }) =>
    unsynced.length > 0
      ? `${id} waits for ${firstNames([...unsynced].sort())}`
      : `${id} waits for no one and is never resolved automatically`,
  );
  return warning('DDL locks', `${count(locks.length, 'DDL lock')} not resolved: ${firstNames(names)}`, `Use ${showLocks}`);
}

function checkValidation({ cluster, reportsValidation }: ClusterFacts): Check {
  if (!reportsValidation) return skipped('validation', 'this release of DM does not report it');
  const validated = cluster.subTasks.filter((s) => s.validation);
  const wrong = validated.filter((s) => (s.validation?.newErrors ?? 0) > 0);
  if (validated.length === 0) return ok('validation', 'no task has a validation');
  if (wrong.length === 0) return ok('validation', `${count(validated.length, 'sub task')} validated, no row differs`);
  const names = wrong.map((s) => `${nameOf(s)} (${count(s.validation?.newErrors ?? 0, 'row')})`);
  const how = suggest('validation show-error <task>', { task: wrong[0]?.task });
  return failed('validation', `rows differ from the source in ${count(wrong.length, 'sub task')}: ${firstNames(names)}`, `Use ${how}`);
}

const nameOf = ({ task, target }: SubTask): string => `${task} on ${target}`;

const codeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : readDmError(text).code);

function codeText(errors: readonly string[]): string {
  const code = codeOf(errors[0]);
  return code === undefined ? '' : ` (${code})`;
}

function explain(text: string | undefined): string {
  const code = codeOf(text);
  return code === undefined ? 'Use query-status -o wide' : `Use explain ${code}`;
}
