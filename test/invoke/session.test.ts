// A session that switches to another cluster keeps nothing of the last one, not even what is still on its way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRegistries } from '../../src/app/registries.ts';
import { Interrupted, RpcError } from '../../src/command/errors.ts';
import { DEFAULT_RUN_OPTIONS } from '../../src/command/run-options.ts';
import { openSession } from '../../src/invoke/session.ts';
import type { IO } from '../../src/io/io.ts';
import { type Reply, type Self, withMaster } from '../harness/run.ts';

const LEADER: Reply = { message: Buffer.from('0801', 'hex') };

test('a detection that ends after a switch does not affect the new cluster', async () => {
  let asked = (): void => {};
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const slow: Self = {
    leader: async () => {
      asked();
      await released;
      return LEADER;
    },
  };
  await withMaster(
    undefined,
    (later) =>
      withMaster(undefined, async (first) => {
        const options = { ...DEFAULT_RUN_OPTIONS, rpcTimeoutMs: 10_000 };
        const session = openSession({} as IO, 'lines', openRegistries('lines'), later.address, options);
        const settled = session.settle({ timeoutMs: 10_000 }).catch((error: unknown) => error);
        await arrived;
        const names = session.connectionId;
        session.changeSetting('quiet', 'true', { ...options, quiet: true });
        session.switchTo({ address: first.address, options, profile: { name: 'first', address: first.address } });
        release();
        const error = await settled;
        assert.ok(error instanceof Interrupted || error instanceof RpcError, String(error));
        assert.deepEqual([session.detected, session.registry, session.profile], [false, session.registries.initial, 'first']);
        assert.deepEqual([session.defaultOptions, session.began, session.changedSettings.size], [options, options, 0]);
        assert.notEqual(session.connectionId, names);
        assert.equal((await session.settle({ timeoutMs: 10_000 })).dialect.generation, 'v1');
        session.close();
      }),
    slow,
  );
});
