// Replays the requests to a real DM 1.0.1 cluster and compares the answers: stages, units, results, error codes, shapes.
//
// A recording is text: `> name Method request` and `< summary of the real answer` (summary.ts). `! …` is an event around the
// cluster (two MariaDB upstreams), which is repeated in the sandbox. `@name` means a file of files.ts, W1 and W2 are the workers.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { advance } from '../../src/sandbox/v1/advance.ts';
import { createState } from '../../src/sandbox/v1/cluster.ts';
import type { MethodName } from '../../src/sandbox/v1/machine.ts';
import type { State, Worker } from '../../src/sandbox/v1/state.ts';
import { alterTable, rotate, setUpstream, setWorker, writeRows } from '../../src/sandbox/v1/upstream.ts';
import { ask } from './ask.ts';
import { FILES } from './files.ts';
import { summarise } from './summary.ts';

const FOLDER = fileURLToPath(new URL('../../../test/sandbox/recorded/', import.meta.url));
const DUMP_AND_LOAD = { dumpMs: 3000, loadMs: 3000 };

/** Translates names of the cluster to names of the sandbox: addresses, and MariaDB's server ids to MySQL's UUIDs. */
function unnamed(text: string): string {
  const { workers } = createState();
  const uuid = (n: string) => [...workers.values()][Number(n) - 1]?.upstream.uuid ?? '';
  return text.replaceAll(/\bW([12])\b/g, (_, n) => `127.0.0.1:${8261 + Number(n)}`).replaceAll(/\b0-100([12])\b/g, (_, n) => uuid(n));
}

/** The events around the cluster. */
function happen(state: State, line: string, now: number): number {
  const [what = '', where = '', ...rest] = line.split(' ');
  if (what === 'wait') return Number(where);
  advance(state, now);
  if (what === 'start') {
    const { result } = ask(state, 'StartTask', { task: FILES[where] as string }, now);
    assert.equal(result, true);
    return 0;
  }
  const address = unnamed(where);
  const worker = state.workers.get(address) as Worker;
  const text = rest.join(' ');
  if (what === 'rows') writeRows(worker, 1);
  else if (what === 'rotate') rotate(worker);
  else if (what === 'gtid') worker.enableGtid = true;
  else if (what === 'upstream') setUpstream(state, address, text === 'up');
  else if (what === 'worker') setWorker(state, address, text === 'up');
  else if (what === 'log') worker.logID = Number(text);
  else if (what === 'relay') ask(state, 'OperateWorkerRelayTask', { op: 'ResumeRelay', workers: [address] }, now);
  else if (what === 'shards') for (const n of [1, 2]) alterTable(worker, { table: `\`shop\`.\`t_${n}\``, change: text });
  else if (what === 'ddl') {
    const [task = '', table = '', ...change] = rest;
    alterTable(worker, { table, change: change.join(' '), failsFor: task, error: 'Error 1062: Duplicate entry' });
  } else assert.fail(`unknown step ${line}`);
  return 0;
}

function requestOf(state: State, json: string): Record<string, unknown> {
  const request = JSON.parse(unnamed(json)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(request)) {
    if (typeof value === 'string' && value.startsWith('@')) request[key] = FILES[value.slice(1)] ?? assert.fail(`no file ${value}`);
    if (key === 'time') request[key] = BigInt(value as number);
  }
  // Some binlog positions differ here: the position to which the relay was migrated, and the position of the failing DDL.
  const worker = state.workers.get(String(request.worker));
  if (request.BinlogPos && worker) {
    request.BinlogPos = worker.upstream.end.offset;
    request.BinlogName = `mysql-bin.${String(worker.upstream.end.file).padStart(6, '0')}`;
  }
  if (String(request.binlogPos).includes('|')) request.binlogPos = worker?.tasks.get(String(request.name))?.sync.failure?.position;
  return request;
}

describe('sandbox: replays of a real DM 1.0.1 cluster', () => {
  for (const file of fs.readdirSync(FOLDER).sort()) {
    it(file.replace('.txt', '').replaceAll('-', ' '), () => {
      const state = createState({ ...DUMP_AND_LOAD, trafficMs: 0, demos: false });
      let now = 0;
      let asked = 0;
      let answer: [string, string] | undefined;
      for (const line of fs.readFileSync(FOLDER + file, 'utf8').split('\n')) {
        const rest = line.slice(2);
        if (line.startsWith('!')) now += happen(state, rest, now);
        else if (line.startsWith('>')) {
          const [name = '', method = '', ...json] = rest.split(' ');
          answer = [name, summarise(ask(state, method as MethodName, requestOf(state, json.join(' ')), now))];
        } else if (line.startsWith('<')) {
          assert.deepEqual(answer, [answer?.[0], rest]);
          asked += 1;
        }
      }
      assert.ok(asked > 3, 'the recording is not empty');
    });
  }
});
