// Advice about an error beyond its text: by its code, by a text without a code, and by the database's message.

import type { DmError } from '../../../domain/dm-error.ts';
import type { Advice, CodeEntry } from '../../../domain/error-catalog.ts';
import { entryOf, rangeOf } from './codes.ts';

/** Texts without a code, by a constant part of them. */
const TEXTS: readonly (Omit<CodeEntry, 'code'> & { readonly part: string })[] = [
  {
    part: 'has no workers or not exist',
    title: 'the master knows no such task',
    next: [
      'see which tasks there are, and how they are spelled',
      'a master that has just started learns the tasks of its workers within some seconds',
      'if the workers do run it: refresh-worker-tasks',
    ],
    commands: ['query-status', 'refresh-worker-tasks'],
  },
  {
    part: 'relevant worker-client not found',
    title: 'the master does not know a worker of that address',
    next: ['write -w exactly as query-status shows the worker'],
    commands: ['query-status'],
  },
  {
    part: "worker not found in task's config or deployment config",
    title: 'that worker is not one of those of the task',
    next: ['write -w as query-status shows the worker; its source must stand in the task file'],
    commands: ['query-status'],
  },
  {
    part: 'not match, can try',
    title: 'that task does not run on that worker, as far as the master knows',
    next: ['see where it runs; if the master is wrong about it: refresh-worker-tasks'],
    commands: ['query-status', 'refresh-worker-tasks'],
  },
  {
    part: 'no sub task started',
    title: 'nothing is wrong: no task was started on that worker',
    next: ['start one, if one is wanted'],
    commands: ['start-task <task.yaml>'],
  },
  {
    part: 'no sub task with name',
    title: 'the worker runs other tasks, but not this one',
    next: ['see which it runs, and how they are spelled'],
    commands: ['query-status -w <worker>'],
  },
  {
    part: 'context deadline exceeded',
    title: 'no answer came in time; the operation may still be carried out',
    next: [
      'look at the state before it is given again',
      'sql-inject waits 30 seconds for a binlog event: a quiet source ends it like this',
    ],
    commands: ['query-status'],
  },
  {
    part: 'unknown service pb.Master',
    title: 'what answers there is no DM-master',
    next: ['the master listens on 8261 by default, workers on 8262; see -master-addr'],
    commands: ['status'],
  },
];

/** The meaning of an innermost cause. */
const CAUSES: readonly (readonly [cause: RegExp, next: string])[] = [
  [/\bError 10(?:44|45)\b/, 'the database refuses the user or its password: see its grants, and encrypt it again'],
  [/\bError 1(?:142|143|227)\b/, 'the database user lacks a privilege: grant it'],
  [/\bError 1062\b/, 'a row with that key is at the target already: see who wrote it; remove or change it'],
  [/\bError 1146\b/, 'create the missing table at the target as the source has it'],
  [/\bError 1(?:406|264|265|366)\b/, 'a value does not fit: change the column at the target to what the source has'],
  [/\bError 1236\b/, 'the source no longer has that binlog: begin anew from a dump, or where it still has one'],
  [/connection refused/, 'nothing listens at that address: start what should, or correct the address'],
  [/i\/o timeout|no route to host/, 'the network does not lead there: see address, firewall, route'],
  [/no such host/, 'the name of the host is unknown there: correct it, or give the IP address'],
  [/all SubConns are in TransientFailure|transport is closing/, 'the process at the other end is gone: see whether it runs, and its log'],
];

/** Advice about an error; undefined if nothing is known. */
export function adviceOf(error: DmError): Advice | undefined {
  const said = [error.what, ...error.causes].join(': ');
  const cause = error.causes.at(-1) ?? error.what;
  const first = CAUSES.find(([pattern]) => pattern.test(cause))?.[1];
  const entry = error.code === undefined ? TEXTS.find((t) => said.includes(t.part)) : entryOf(error.code);
  if (entry) {
    const { title, next, commands = [] } = entry;
    return { of: error.code === undefined ? 'text' : 'code', title, next: first === undefined ? next : [first, ...next], commands };
  }
  const around = error.outer.findLast((o) => o.code !== undefined && entryOf(o.code));
  const range = rangeOf(error.code, error.class) ?? rangeOf(around?.code, around?.class);
  if (range) return { of: 'range', title: range.title, next: first === undefined ? range.next : [first, ...range.next], commands: [] };
  return first === undefined ? undefined : { of: 'text', title: '', next: [first], commands: [] };
}
