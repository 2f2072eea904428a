// The table of query-status --relay: one row per relay, stopped ones first.

import type { Cluster, Relay } from '../domain/cluster.ts';
import { binlogLag } from '../domain/lag.ts';
import { count } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import { byUrgency, stageCell, tally } from './health.ts';
import { cellOf } from './lag.ts';
import type { Column, Row, View } from './view.ts';

const COLUMNS: readonly Column[] = [
  { title: 'WORKER' },
  { title: 'SOURCE', rank: 4, cut: true },
  { title: 'STAGE', alias: 'state' },
  { title: 'RELAY BINLOG', rank: 2 },
  { title: 'LAG', align: 'right', rank: 1, unit: 'B' },
  { title: 'CAUGHT UP', rank: 3 },
  { title: 'ERROR', cut: true },
  { title: 'MASTER BINLOG', wide: true },
  { title: 'SUB-DIRECTORY', wide: true },
];

export function relaysView({ refused, workers }: Cluster): View {
  const relays = workers.flatMap((w) => (w.relay ? [w.relay] : []));
  const silent = workers.filter((w) => w.error !== '');
  const none = workers.length - relays.length - silent.length;
  return {
    columns: COLUMNS,
    rows: byUrgency(relays).map(row),
    notes: [
      ...(refused ? [errorNote('DM-master', refused)] : []),
      ...relays.flatMap((r) => r.errors.map((text) => errorNote(`the relay of ${r.worker}`, text, { known: { worker: r.worker } }))),
      ...silent.map((w) => errorNote(w.worker, w.error, { known: { worker: w.worker } })),
    ],
    footer: refused
      ? ''
      : [
          relays.length > 0 ? `${count(relays.length, 'relay')}: ${tally(relays)}` : 'no relays',
          none > 0 ? `; ${count(none, 'worker has', 'workers have')} none` : '',
          silent.length > 0 ? `; ${count(silent.length, 'worker does not answer', 'workers do not answer')}` : '',
        ].join(''),
  };
}

function row(r: Relay): Row {
  return {
    key: r.worker,
    name: r.worker,
    cells: [
      r.worker,
      r.source,
      stageCell(r.stage, r.health),
      r.at,
      cellOf(binlogLag(r.master, r.at)),
      r.caughtUp ? 'yes' : 'no',
      r.errors[0] === undefined ? '' : errorClass(r.errors[0]),
      r.master,
      r.subDir,
    ],
  };
}
