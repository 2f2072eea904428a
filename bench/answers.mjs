// Answers of query-status in several sizes: a number of workers or sources, each with a number of sub tasks in Sync.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protoLoader from '@grpc/proto-loader';

const PROTO = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'proto');
const masterOf = (generation) =>
  protoLoader.loadSync('dmmaster.proto', { includeDirs: [path.join(PROTO, generation)], keepCase: true })['pb.Master'];
const master = masterOf('v1');
const laterMaster = masterOf('v2');

function subTask(worker, index) {
  const position = `(mysql-bin|000001.${String(index).padStart(6, '0')}, ${4 + worker * 1000 + index})`;
  return {
    name: `task-${String(index).padStart(4, '0')}`,
    stage: 2,
    unit: 4,
    sync: {
      totalEvents: 1_000_000 + index,
      totalTps: 120,
      recentTps: 98,
      masterBinlog: position.replace('|000001', ''),
      masterBinlogGtid: '53ea0ed1-9bf8-11e6-8bea-64006a897802:1-1234567',
      syncerBinlog: position,
      syncerBinlogGtid: '',
      blockingDDLs: [],
      unresolvedGroups: [
        {
          target: '`shop`.`orders`',
          DDLs: ['ALTER TABLE `shop`.`orders` ADD COLUMN `note` VARCHAR(20)'],
          firstPos: position,
          synced: ['`shop`.`orders_1`'],
          unsynced: ['`shop`.`orders_2`'],
        },
      ],
      synced: index % 2 === 0,
    },
  };
}

/** The bytes of an answer with `workers` workers and `subTasks` subtasks on each. */
export function queryStatusAnswer(workers, subTasks) {
  return master.QueryStatus.responseSerialize({
    result: true,
    workers: Array.from({ length: workers }, (_, w) => ({
      result: true,
      worker: `172.16.10.${w}:8262`,
      sourceID: `mysql-replica-${w}`,
      subTaskStatus: Array.from({ length: subTasks }, (_, i) => subTask(w, i)),
      relayStatus: {
        masterBinlog: '(mysql-bin.000005, 1234)',
        relayBinlog: '(mysql-bin.000005, 1234)',
        relayCatchUpMaster: true,
        stage: 2,
      },
    })),
  });
}

/** The same of DM 2.0 and later. */
export function laterQueryStatusAnswer(sources, subTasks) {
  return laterMaster.QueryStatus.responseSerialize({
    result: true,
    sources: Array.from({ length: sources }, (_, s) => ({
      result: true,
      sourceStatus: {
        source: `mysql-replica-${s}`,
        worker: `dm-worker-${s}`,
        relayStatus: {
          masterBinlog: '(mysql-bin.000005, 1234)',
          relayBinlog: '(mysql-bin.000005, 1234)',
          relayCatchUpMaster: true,
          stage: 2,
        },
      },
      subTaskStatus: Array.from({ length: subTasks }, (_, i) => {
        const { sync, ...rest } = subTask(s, i);
        const groups = sync.unresolvedGroups.map(({ firstPos, ...group }) => ({ ...group, firstLocation: firstPos }));
        return { ...rest, sync: { ...sync, unresolvedGroups: groups, binlogType: 'remote', secondsBehindMaster: i } };
      }),
    })),
  });
}

/** Answers by the task name of the request. */
export const SIZES = {
  tiny: () => Buffer.from([8, 1]),
  small: () => queryStatusAnswer(10, 70),
  large: () => queryStatusAnswer(100, 80),
  huge: () => queryStatusAnswer(100, 1400),
  later: () => laterQueryStatusAnswer(100, 80),
};
