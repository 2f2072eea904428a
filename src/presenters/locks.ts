// The table of show-ddl-locks.

import { count } from '../text/quantity.ts';
import { suggest } from '../text/suggested-command.ts';
import { errorNote } from './error-note.ts';
import type { Column, Note, View } from './view.ts';

export interface Lock {
  readonly id: string;
  readonly task: string;
  /** The worker that will execute the statements. */
  readonly owner: string;
  readonly statements: readonly string[];
  readonly synced: readonly string[];
  readonly unsynced: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { title: 'LOCK' },
  { title: 'TASK', rank: 2, cut: true },
  { title: 'OWNER', rank: 1 },
  { title: 'SYNCED' },
  { title: 'WAITS FOR', cut: true },
  { title: 'STATEMENTS', rank: 3, cut: true },
];

export function locksView(refused: string, locks: readonly Lock[]): View {
  const rows = [...locks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((lock) => ({
      key: lock.id,
      name: lock.id,
      cells: [
        lock.id,
        lock.task,
        lock.owner,
        // A lock that every worker has reached and that still exists is never resolved automatically.
        {
          text: `${lock.synced.length} of ${lock.synced.length + lock.unsynced.length}`,
          tone: lock.unsynced.length === 0 ? ('bad' as const) : ('warn' as const),
        },
        [...lock.unsynced].sort().join(' '),
        lock.statements.join('; '),
      ],
    }));
  const left: Note[] = locks
    .filter((lock) => lock.unsynced.length === 0)
    .map((lock) => ({
      tone: 'bad',
      line: `${lock.id}: every worker has reached it, but DM does not resolve it automatically`,
      details: [
        { label: 'type', text: suggest('break-ddl-lock -w <worker> --skip <task>', { task: lock.task }), command: true },
        { label: 'then', text: suggest('unlock-ddl-lock --force-remove <lock>', { lock: lock.id }), command: true },
      ],
    }));
  return {
    columns: COLUMNS,
    rows,
    notes: refused ? [errorNote('DM-master', refused)] : left,
    footer: refused ? '' : locks.length === 0 ? 'no DDL locks' : `${count(locks.length, 'DDL lock')}`,
  };
}
