// The names of the cluster for completion: fetched in the background, cached for some seconds, never an error.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandRegistry } from '../../src/command/registry.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { type ResolvingCaller, resolvingCaller } from '../../src/invoke/dialect-resolver.ts';
import { createNameCache, type NameOptions, NO_NAMES } from '../../src/invoke/name-cache.ts';
import { openConnections } from '../../src/rpc/caller.ts';
import { answer, type Reply, withMaster } from '../harness/run.ts';

const registry = { dialect: v1, builtins: [], topics: [] };

function cluster(method: string): Reply {
  if (method === 'ShowDDLLocks') return answer('ShowDDLLocks', { result: true, locks: [{ ID: 't-`b`.`c`' }, { ID: 'a' }] });
  return answer('QueryStatus', {
    result: true,
    workers: [
      { result: true, worker: 'h:2', sourceID: 's2', subTaskStatus: [{ name: 't' }, { name: 'u' }] },
      { result: true, worker: 'h:1', sourceID: '', subTaskStatus: [{ name: 't' }, { name: '' }] },
      { result: false, worker: '', msg: 'gone' },
    ],
  });
}

const NAMES = {
  tasks: ['t', 'u'],
  workers: ['h:1', 'h:2'],
  masters: [],
  sources: [{ id: 's2', worker: 'h:2' }],
  locks: ['a', 't-`b`.`c`'],
  tables: [],
};

const callerOf = (address: string): ResolvingCaller =>
  resolvingCaller(openConnections({ addresses: [address], maxAnswerBytes: 1 << 20 }), { protocol: 'auto' });
const settle = async (): Promise<CommandRegistry> => registry;

async function withNames(
  reply: (method: string) => Reply | undefined,
  use: (names: ReturnType<typeof createNameCache>, calls: () => string[]) => Promise<void>,
  options: NameOptions = {},
): Promise<void> {
  await withMaster(reply, async (master) => {
    const caller = callerOf(master.address);
    const names = createNameCache({ settle, connectionId: 0, caller: () => Promise.resolve(caller) }, options);
    try {
      await use(names, () => master.calls.map((c) => c.method).sort());
    } finally {
      names.close();
      caller.close();
    }
  });
}

test('names arrive with the first round, each once and sorted, and nothing is sent before', () =>
  withNames(cluster, async (names, calls) => {
    assert.deepEqual(names.known(), NO_NAMES);
    assert.deepEqual(calls(), []);
    await names.refresh();
    assert.deepEqual(names.known(), NAMES);
    assert.deepEqual(calls(), ['QueryStatus', 'ShowDDLLocks']);
  }));

test('one round runs at a time, and none while the names are fresh', () => {
  let now = 0;
  return withNames(
    cluster,
    async (names, calls) => {
      const round = names.refresh();
      now = 6000;
      assert.equal(names.refresh(), round, 'it is under way, however old');
      now = 0;
      await round;
      now = 4999;
      await names.refresh();
      assert.equal(calls().length, 2);
      now = 5000;
      await names.refresh();
      assert.equal(calls().length, 4);
    },
    { clock: () => now },
  );
});

test('a master that fails, hangs or returns invalid data causes no error, and the known names stay', async () => {
  const bad: Reply[] = [
    { odd: 'drop' },
    { odd: 'hang' },
    { status: { code: 2, text: 'x' } },
    { message: Buffer.from([0xff, 0xff]) },
    { http: { ':status': 502 } },
  ];
  for (const reply of bad) {
    let broken = false;
    let now = 0;
    await withNames(
      (method) => (broken ? reply : cluster(method)),
      async (names) => {
        await names.refresh();
        broken = true;
        now = 10_000;
        await names.refresh();
        assert.deepEqual(names.known(), NAMES, JSON.stringify(reply));
      },
      { deadlineMs: 1500, clock: () => now },
    );
    await withNames(
      () => reply,
      async (names) => {
        await names.refresh();
        assert.deepEqual(names.known(), NO_NAMES);
      },
      { deadlineMs: 1500 },
    );
  }
  const nowhere = createNameCache({ settle, connectionId: 0, caller: () => Promise.reject(new Error('no connection')) });
  await nowhere.refresh();
  assert.deepEqual(nowhere.known(), NO_NAMES);
});

test('if a part of a round fails, the other part still counts', () =>
  withNames(
    (method) => (method === 'QueryStatus' ? { status: { code: 14 } } : cluster(method)),
    async (names) => {
      await names.refresh();
      assert.deepEqual(names.known(), { ...NO_NAMES, locks: NAMES.locks });
    },
  ));

test('another master has other names', () =>
  withMaster(cluster, (master) =>
    withMaster(undefined, async (other) => {
      const callers = [callerOf(master.address), callerOf(other.address)] as const;
      const session = { settle, connectionId: 0, caller: () => Promise.resolve(callers[session.connectionId === 0 ? 0 : 1]) };
      const names = createNameCache(session);
      await names.refresh();
      assert.deepEqual(names.known(), NAMES);
      session.connectionId = 1;
      assert.deepEqual(names.known(), NO_NAMES);
      await names.refresh();
      assert.equal(other.calls.length, 2);
      assert.deepEqual(names.known(), NO_NAMES);
      for (const caller of callers) caller.close();
    }),
  ));

test('closing ends a round that hangs', () =>
  withNames(
    () => ({ odd: 'hang' }),
    async (names) => {
      const round = names.refresh();
      names.close();
      await round;
      await names.refresh();
      assert.deepEqual(names.known(), NO_NAMES);
    },
    { deadlineMs: 600_000 },
  ));
