// ListMember, OfflineMember and OperateLeader.

import type {
  ListMemberRequest,
  ListMemberResponseInit,
  MembersInit,
  OfflineMemberRequest,
  OfflineMemberResponseInit,
  OperateLeaderRequest,
  OperateLeaderResponseInit,
} from '../../wire/generated/v2.ts';
import { sortedWorkers, sourceOf } from './cluster.ts';
import { stageOf } from './sources.ts';
import type { Master, State } from './state.ts';
import { master as masterTexts, scheduler } from './texts.ts';

export function listMember(state: State, { leader, master, worker, names }: ListMemberRequest): ListMemberResponseInit {
  const all = !leader && !master && !worker;
  const isMeant = ({ name }: { name: string }) => names.length === 0 || names.includes(name);
  const members: MembersInit[] = [];
  if (all || leader) {
    const leading = state.masters.find((m) => m.name === state.leader);
    members.push({ leader: leading && isMeant(leading) ? { name: leading.name, addr: leading.address } : {} });
  }
  if (all || master) members.push({ master: { masters: state.masters.filter(isMeant).map(masterInfo) } });
  if (all || worker) {
    const workers = sortedWorkers(state)
      .filter(isMeant)
      .map((w) => ({ name: w.name, addr: w.address, stage: stageOf(state, w), source: sourceOf(state, w.name)?.id ?? '' }));
    members.push({ worker: { workers } });
  }
  return { result: true, members };
}

/** Peers listen 30 ports above the clients' port. */
function masterInfo({ name, memberID, address }: Master) {
  const peer = address.replace(/\d+$/, (port) => String(Number(port) + 30));
  return { name, memberID, alive: true, peerURLs: [`http://${peer}`], clientURLs: [`http://${address}`] };
}

export function offlineMember(state: State, { type, name }: OfflineMemberRequest): OfflineMemberResponseInit {
  if (type === 'master') {
    if (!state.masters.some((m) => m.name === name)) return { result: false, msg: masterTexts.noMaster(name) };
    state.masters = state.masters.filter((m) => m.name !== name);
    // After the removal of the leader, no master leads any more.
    if (state.leader === name) state.leader = undefined;
    return { result: true };
  }
  const worker = state.workers.get(name);
  if (!worker) return { result: false, msg: scheduler.noWorker(name) };
  if (!worker.offline) return { result: false, msg: scheduler.workerOnline(name) };
  state.workers.delete(name);
  return { result: true };
}

/** Never forwarded and always a success. `at` is the name of the master that was asked. */
export function operateLeader(state: State, { op }: OperateLeaderRequest, at: string): OperateLeaderResponseInit {
  const asked = state.masters.find((m) => m.name === at);
  if (!asked) return { result: true };
  asked.evicted = op === 'EvictLeaderOp' && (state.leader === at || asked.evicted);
  if (asked.evicted && state.leader === at) state.leader = undefined;
  state.leader ??= state.masters.find((m) => !m.evicted)?.name;
  return { result: true };
}
