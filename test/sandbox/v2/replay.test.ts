// Replays what a real DM 8.1.0 cluster was asked and compares the answers: results, error codes, stages, units, shapes.
//
// A recording is text: `> name Method request` and `< summary of the real answer` (summary.ts). `! …` is what happened around the
// cluster, which the sandbox must be told. `@name` stands for a file of files.ts, R1 and R2 for the sources.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { advance } from '../../../src/sandbox/v2/advance.ts';
import { createState } from '../../../src/sandbox/v2/cluster.ts';
import type { MethodName } from '../../../src/sandbox/v2/machine.ts';
import type { Source, State, Worker } from '../../../src/sandbox/v2/state.ts';
import { alterTable, rotate, writeRows } from '../../../src/sandbox/v2/upstream.ts';
import { addErrors } from '../../../src/sandbox/v2/validation.ts';
import { ask } from './ask.ts';
import { FILES } from './files.ts';
import { summarise } from './summary.ts';

const FOLDER = fileURLToPath(new URL('../../../../test/sandbox/v2/recorded/', import.meta.url));

const unnamed = (text: string): string => text.replaceAll(/\bR([12])\b/g, 'mysql-replica-0$1');

/** What happened around the cluster. Returns the milliseconds that it took. */
function happen(state: State, line: string, now: number): number {
  const [what = '', where = '', ...rest] = unnamed(line).split(' ');
  const text = rest.join(' ');
  if (what === 'wait') return Number(where);
  advance(state, now);
  const source = state.sources.get(where) as Source;
  const worker = state.workers.get(where) as Worker;
  if (what === 'start') assert.equal(ask(state, 'StartTask', { task: FILES[where] as string }, now).result, true);
  else if (what === 'rows') writeRows(source, Number(text || 1));
  else if (what === 'rotate') rotate(source);
  else if (what === 'upstream') source.upstream.up = text === 'up';
  else if (what === 'slow') Object.assign(state.options, { dumpMs: 1000, loadMs: Number(where) });
  else if (what === 'table') source.upstream.tables.set(text, ['`id` int(11)']);
  else if (what === 'down') worker.downSince = now;
  else if (what === 'errors') {
    const validator = source.tasks.get(text)?.validator;
    if (validator) for (let i = 0; i < 2; i++) addErrors(state, source, text, validator);
  } else if (what === 'ddl') alterTable(source, { table: rest[0] as string, change: rest.slice(1).join(' ') });
  else if (what === 'bad-ddl') {
    const [failsFor = '', table = '', ...change] = rest;
    alterTable(source, { table, change: change.join(' '), failsFor, error: 'Error 1062 (23000)' });
  } else assert.fail(`unknown step ${line}`);
  return 0;
}

function requestOf(state: State, json: string): Record<string, unknown> {
  const request = JSON.parse(unnamed(json)) as Record<string, unknown>;
  const fileOf = (value: unknown) =>
    typeof value === 'string' && value.startsWith('@') ? (FILES[value.slice(1)] ?? assert.fail(`no file ${value}`)) : value;
  for (const [key, value] of Object.entries(request)) request[key] = Array.isArray(value) ? value.map(fileOf) : fileOf(value);
  // The position of the newest event is another one here.
  if (request.binlogPos === 'END') {
    const { end } = (state.sources.get('mysql-replica-01') as Source).upstream;
    request.binlogPos = `mysql-bin.${String(end.file).padStart(6, '0')}:${end.offset}`;
  }
  return request;
}

describe('sandbox of DM 8: replays of a real DM 8.1.0 cluster', () => {
  for (const file of fs.readdirSync(FOLDER).sort()) {
    it(file.replace('.txt', '').replaceAll('-', ' '), () => {
      const options = { release: '8.1.0', workers: 2, masters: 3, dumpMs: 0, loadMs: 0, trafficMs: 0, demos: false };
      const state = createState(options);
      state.workers.set('worker3', { name: 'worker3', address: '127.0.0.1:8264', downSince: undefined, offline: false });
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
          assert.deepEqual(answer, [answer?.[0], unnamed(rest)]);
          asked += 1;
        }
      }
      assert.ok(asked > 3, 'the recording is not empty');
    });
  }
});
