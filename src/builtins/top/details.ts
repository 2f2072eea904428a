// The details of a task or a sub task: the explained errors, positions, waiting statements, relay, validation.

import type { Relay, SubTask } from '../../domain/cluster.ts';
import { lagOf } from '../../domain/lag.ts';
import { afterRows, type Screen } from '../../output/table/table.ts';
import { errorNote } from '../../presenters/error-note.ts';
import type { Lock } from '../../presenters/locks.ts';
import { progressText } from '../../presenters/sub-tasks.ts';
import { count } from '../../text/quantity.ts';
import { wrapWords } from '../../text/reflow.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { Subject } from './rows.ts';
import type { ClusterState } from './totals.ts';

/** The lines, wrapped at the width of the screen. */
export function detailLines({ task, subTasks, isTask }: Subject, { cluster, locks = [] }: ClusterState, screen: Screen): string[] {
  const relays = new Map(cluster.workers.map((w) => [w.target, w.relay]));
  const own = locks.filter((lock) => lock.task === task);
  const first = subTasks[0];
  const title = isTask || !first ? `${task}: ${count(subTasks.length, 'sub task')}` : `${task} on ${first.worker}`;
  return [
    screen.paint.strong(inOneLine(title)),
    ...subTasks.flatMap((s) => [
      '',
      ...(isTask ? [screen.paint.strong(inOneLine(s.worker))] : []),
      ...subTaskLines(s, relays.get(s.target), screen),
    ]),
    ...own.flatMap((lock) => ['', ...lockLines(lock, screen)]),
  ];
}

function subTaskLines(s: SubTask, relay: Relay | undefined, screen: Screen): string[] {
  const { sync, validation } = s;
  const fields: [label: string, text: string][] = [
    ['source', s.source],
    ['stage', `${s.stage}, ${s.unit}${s.reason === '' ? '' : `: ${s.reason}`}`],
    ['progress', progressText(s)],
    ['lag', lagOf(s)?.text ?? ''],
    ['upstream', sync?.master ?? ''],
    ['checkpoint', sync?.at ?? ''],
    ['DDL lock', s.lock],
    ...(sync?.blocking ?? []).map((text): [string, string] => ['waits with', text]),
    [
      'validation',
      validation
        ? `${validation.running ? 'running' : 'stopped'}, ${count(validation.pending, 'row')} to check, ${validation.newErrors} differ`
        : '',
    ],
    ['relay', relay ? `${relay.stage} at ${relay.at}${relay.caughtUp ? ', caught up' : ''}` : ''],
  ];
  const known = { task: s.task, worker: s.worker, source: s.source };
  const notes = [
    ...s.errors.map((text) => errorNote('error', text, { known })),
    ...(relay?.errors ?? []).map((text) => errorNote('relay', text, { known })),
  ];
  const explained = [...afterRows({ columns: [], rows: [], notes }, { ...screen, all: true })].join('').split('\n').slice(0, -1);
  return [...fields.flatMap(([label, text]) => fieldLines(label, text, screen)), ...explained];
}

function lockLines(lock: Lock, screen: Screen): string[] {
  const fields: [string, string][] = [
    ['DDL lock', lock.id],
    ['owner', lock.owner],
    ['reached by', lock.synced.join(', ')],
    ['waits for', lock.unsynced.join(', ')],
    ...lock.statements.map((text): [string, string] => ['statement', text]),
  ];
  return fields.flatMap(([label, text]) => fieldLines(label, text, screen));
}

const LABEL = 12;

/** A label and its text, in more lines below if it is long. Nothing for an empty text. */
function fieldLines(label: string, text: string, { columns = 80, paint }: Screen): string[] {
  if (text === '') return [];
  const lines = wrapWords(inOneLine(text), Math.max(10, columns - LABEL));
  return lines.map((line, i) => `${paint.dim((i === 0 ? label : '').padEnd(LABEL))}${line}`);
}
