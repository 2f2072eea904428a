// The members of a cluster as rows: masters first, the leader among them, then workers.

import type { Row, View } from '../../../presenters/view.ts';
import { count } from '../../../text/quantity.ts';
import type { ListMemberResponse, MasterInfo, WorkerInfo } from '../../../wire/generated/v2.ts';

const COLUMNS = [
  { title: 'KIND' },
  { title: 'NAME' },
  { title: 'STATE' },
  { title: 'SOURCE', rank: 1 },
  { title: 'ADDRESS', rank: 2, cut: true },
];

export function membersView({ result, msg, members }: ListMemberResponse): View {
  const leader = members.find((m) => m.leader)?.leader;
  const masters = members.flatMap((m) => m.master?.masters ?? []);
  const workers = members.flatMap((m) => m.worker?.workers ?? []);
  const messages = [result ? '' : msg, ...members.map((m) => m.leader?.msg || m.master?.msg || m.worker?.msg || '')].filter(
    (t) => t !== '',
  );
  const alone = leader && leader.name !== '' && !masters.some((m) => m.name === leader.name);
  return {
    columns: COLUMNS,
    rows: [
      ...(alone ? [memberRow('master', leader.name, 'leader', '', leader.addr)] : []),
      ...masters.map((m) => masterRow(m, leader?.name)),
      ...workers.map(workerRow),
    ],
    notes: messages.map((line) => ({ tone: 'bad' as const, line })),
    footer: `${count(masters.length || (alone ? 1 : 0), 'master')}, ${count(workers.length, 'worker')}`,
  };
}

function masterRow({ name, alive, clientURLs }: MasterInfo, leader: string | undefined): Row {
  const state = !alive ? 'dead' : name === leader ? 'leader' : 'alive';
  return memberRow('master', name, state, '', clientURLs.join(' '));
}

function workerRow({ name, addr, stage, source }: WorkerInfo): Row {
  return memberRow('worker', name, stage, source, addr);
}

function memberRow(kind: string, name: string, state: string, source: string, address: string): Row {
  const bad = state === 'dead' || state === 'offline';
  return { key: `${kind} ${name}`, name, cells: [kind, name, { text: state, tone: bad ? 'bad' : 'none' }, source, address] };
}
