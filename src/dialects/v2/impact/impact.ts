// What dangerous commands of DM 2.0 and later will do, shown with the confirmation.

import type { Lookup, ParsedArgs } from '../../../command/spec.ts';
import { count, joinNames } from '../../../text/quantity.ts';
import type {
  HandleErrorRequestInit,
  ListMemberResponse,
  OfflineMemberRequestInit,
  OperateLeaderRequestInit,
  OperateSourceRequestInit,
  OperateTaskRequestInit,
  PurgeWorkerRelayRequestInit,
  QueryStatusListResponse,
  ShowDDLLocksResponse,
  TransferSourceRequestInit,
} from '../../../wire/generated/v2.ts';

export const STOP_MANY: readonly string[] = ['The checkpoints stay. A task that is started again continues from its checkpoint.'];

/** start-task: only --remove-meta is dangerous. */
export function startImpact(removeMeta: boolean, sources: readonly string[]): string[] {
  if (!removeMeta) return [];
  const where = sources.length > 0 ? ` for ${joinNames(sources)}` : '';
  return [`Start the task${where} and delete its checkpoint first: DM dumps and loads all data again.`];
}

export async function stopImpact(parsed: ParsedArgs, request: OperateTaskRequestInit, lookup: Lookup): Promise<string[]> {
  const sources = joinNames([...parsed.targets]);
  const [task] = parsed.args;
  if (task !== undefined) {
    const where = sources === '' ? 'on all its sources' : `on ${sources}`;
    return [`Stop task ${request.name ?? task} ${where}: its sub tasks are removed.`, 'To stop for a while, use pause-task.'];
  }
  const answer = (await lookup('QueryStatus', { sources: [...parsed.targets] })) as QueryStatusListResponse | undefined;
  const tasks = answer?.sources.flatMap((s) => s.subTaskStatus.map((t) => t.name)).filter((name) => name !== '') ?? [];
  const which =
    answer === undefined ? 'The DM-master did not report which they are.' : `${count(tasks.length, 'task')}: ${joinNames(tasks)}`;
  return [`Stop every task of source ${sources}: their sub tasks are removed.`, `  ${which}`, 'To stop for a while, use pause-task.'];
}

export async function unlockImpact(parsed: ParsedArgs, lookup: Lookup): Promise<string[]> {
  const id = parsed.args[0] ?? '';
  const answer = (await lookup('ShowDDLLocks', {})) as ShowDDLLocksResponse | undefined;
  const lock = answer?.locks.find((l) => l.ID === id);
  const lines = [`Unlock ${id}.`];
  if (!answer) return [...lines, '  The DM-master did not report its locks.'];
  if (!lock) return [...lines, '  The DM-master reports no such lock.'];
  if (lock.owner !== '') lines.push(`  owner    ${lock.owner}`);
  for (const statement of lock.DDLs) lines.push(`  executes ${statement}`);
  if (lock.synced.length > 0) lines.push(`  synced   ${lock.synced.join(' ')}`);
  if (lock.unsynced.length > 0) lines.push(`  unsynced ${lock.unsynced.join(' ')}`);
  return [...lines, 'A source that has not reached the statements creates a new lock when it does.'];
}

export function purgeImpact({ sources = [], filename = '', subDir = '' }: PurgeWorkerRelayRequestInit): string[] {
  const where = subDir === '' ? 'in the latest sub directory' : `in ${subDir}`;
  return [`Delete the relay log files of ${joinNames(sources)} before ${filename} ${where}.`];
}

export function sourceImpact({ op, sourceID = [], config = [] }: OperateSourceRequestInit): string[] {
  if (op !== 'StopSource') return [];
  const files = config.length > 0 ? count(config.length, 'source file') : '';
  return [`Remove ${[joinNames(sourceID), files].filter((t) => t !== '').join(' and ')}: its worker becomes free.`];
}

export async function offlineImpact({ type, name = '' }: OfflineMemberRequestInit, lookup: Lookup): Promise<string[]> {
  const lines = [`Remove the ${type} ${name} from the cluster.`];
  if (type !== 'master') return lines;
  const answer = (await lookup('ListMember', { leader: true, master: true })) as ListMemberResponse | undefined;
  const masters = answer?.members.flatMap((m) => m.master?.masters ?? []) ?? [];
  const leader = answer?.members.find((m) => m.leader)?.leader?.name;
  const alive = masters.find((m) => m.name === name)?.alive;
  if (alive) lines.push('  It is alive. DM removes it all the same, and it can come back only with empty data.');
  if (leader === name) lines.push('  It is the leader. Without it the other masters reject every call until a new leader is elected.');
  if (masters.length > 0) lines.push(`  ${count(masters.length - 1, 'master')} remain.`);
  return lines;
}

export async function leaderImpact({ op }: OperateLeaderRequestInit, lookup: Lookup): Promise<string[]> {
  if (op !== 'EvictLeaderOp') return [];
  const answer = (await lookup('ListMember', { leader: true })) as ListMemberResponse | undefined;
  const leader = answer?.members.find((m) => m.leader)?.leader;
  const who = leader ? `The leader is ${leader.name} (${leader.addr}). ` : '';
  return [`Evict the leader. ${who}It cannot lead again until operate-leader cancel-evict is sent to it.`];
}

export async function transferImpact({ source = '', worker = '' }: TransferSourceRequestInit, lookup: Lookup): Promise<string[]> {
  const answer = (await lookup('ListMember', { worker: true })) as ListMemberResponse | undefined;
  const workers = answer?.members.flatMap((m) => m.worker?.workers ?? []) ?? [];
  const from = workers.find((w) => w.source === source && w.stage === 'bound')?.name;
  const stage = workers.find((w) => w.name === worker)?.stage;
  return [
    `Move source ${source}${from ? ` from ${from}` : ''} to ${worker}: its tasks stop and continue there.`,
    ...(stage && stage !== 'free' ? [`  Worker ${worker} is ${stage}.`] : []),
  ];
}

export function eventImpact({ op, task = '', sources = [], binlogPos = '', sqls = [] }: HandleErrorRequestInit): string[] {
  const where = `${binlogPos === '' ? 'the current error event' : `the event at ${binlogPos}`} of task ${task}`;
  const on = sources.length > 0 ? ` on ${joinNames([...sources])}` : ' on all its sources';
  const statements = sqls.map((sql, i) => `  ${i + 1}. ${sql.trim()}`);
  if (op === 'Skip') return [`Skip ${where}${on}: its change does not reach the target.`];
  if (op === 'Replace') return [`Replace ${where}${on} by:`, ...statements];
  if (op === 'Inject') return [`Execute before ${where}${on}:`, ...statements];
  return [];
}
