// The lines of totals above the list of top. Pure.

import type { Masters } from '../../command/spec.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { isProblem, tally } from '../../presenters/health.ts';
import { lagRange } from '../../presenters/lag.ts';
import type { Lock } from '../../presenters/locks.ts';
import type { TaskGroup } from '../../presenters/tasks.ts';
import type { Tone } from '../../presenters/view.ts';
import { count } from '../../text/quantity.ts';

/** What a round has returned. */
export interface ClusterState {
  readonly cluster: Cluster;
  /** Its tasks, those with problems first. */
  readonly groups: readonly TaskGroup[];
  /** Undefined if they could not be fetched. */
  readonly locks: readonly Lock[] | undefined;
  /** Undefined for a generation with one master, and if they could not be fetched. */
  readonly masters: Masters | undefined;
}

/** A part of a line, with the tone of what it reports. */
export interface Total {
  readonly text: string;
  readonly tone: Tone;
}

const total = (text: string, isBad = false, tone: Tone = 'bad'): Total => ({ text, tone: isBad ? tone : 'none' });

/** The totals in order of importance: tasks, sub tasks, workers, masters, relays, locks, lag. */
export function totalsOf({ cluster, groups, locks, masters }: ClusterState): readonly Total[] {
  const { subTasks, workers } = cluster;
  const broken = groups.filter((group) => isProblem(group.health)).length;
  const down = workers.filter((w) => w.error !== '').length;
  const lags = groups.flatMap((group) => lagRange(group.subTasks).largest ?? []);
  const lag = lags.length > 0 ? lags.reduce((a, b) => ((b.amount ?? 0) > (a.amount ?? 0) ? b : a)) : undefined;
  return [
    total(`${count(groups.length, 'task')}${broken > 0 ? `, ${broken} with problems` : ''}`, broken > 0),
    total(`${count(subTasks.length, 'sub task')}${subTasks.length > 0 ? `: ${tally(subTasks)}` : ''}`),
    total(`${count(workers.length, 'worker')}${down > 0 ? `, ${down} down` : ''}`, down > 0),
    ...(masters ? [mastersTotal(masters)] : []),
    ...relaysTotal(cluster),
    ...(locks ? [total(count(locks.length, 'DDL lock'), locks.length > 0, 'warn')] : []),
    ...(lag ? [total(`lag ${lag.text}`)] : []),
  ];
}

function mastersTotal({ masters, leader }: Masters): Total {
  const down = masters.filter((m) => !m.alive).length;
  const leads = leader === '' ? 'no leader' : `${leader} leads`;
  return total(`${count(masters.length, 'master')}${down > 0 ? `, ${down} down` : ''}, ${leads}`, down > 0 || leader === '');
}

function relaysTotal({ workers }: Cluster): Total[] {
  const relays = workers.flatMap((w) => (w.relay ? [w.relay] : []));
  if (relays.length === 0) return [];
  return [
    total(
      `${count(relays.length, 'relay')}: ${tally(relays)}`,
      relays.some((r) => isProblem(r.health)),
    ),
  ];
}
