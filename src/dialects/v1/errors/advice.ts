// Advice about an error beyond its text: by its code, by a text without a code, and by the database's message.

import type { DmError } from '../../../domain/dm-error.ts';
import type { Advice, CodeEntry } from '../../../domain/error-catalog.ts';
import { entryOf, rangeOf } from './codes.ts';

/** Texts without a code, by a constant part of them. */
const TEXTS: readonly (Omit<CodeEntry, 'code'> & { readonly part: string })[] = [
  {
    part: 'has no workers or not exist',
    title: 'the DM-master has no task with that name',
    next: [
      'list the tasks and check the spelling',
      'if the DM-master has just started, wait some seconds until it has read the tasks',
      'if the workers run the task, use refresh-worker-tasks',
    ],
    commands: ['query-status', 'refresh-worker-tasks'],
  },
  {
    part: 'relevant worker-client not found',
    title: 'the DM-master does not know a worker with that address',
    next: ['write -w exactly as query-status shows the worker'],
    commands: ['query-status'],
  },
  {
    part: "worker not found in task's config or deployment config",
    title: 'that worker does not belong to the task',
    next: ['write -w exactly as query-status shows the worker', 'the task file must contain the source of the worker'],
    commands: ['query-status'],
  },
  {
    part: 'not match, can try',
    title: 'as far as the DM-master reports, that task does not run on that worker',
    next: ['see where the task runs', 'if the information of the DM-master is wrong, use refresh-worker-tasks'],
    commands: ['query-status', 'refresh-worker-tasks'],
  },
  {
    part: 'no sub task started',
    title: 'this is not an error: no task was started on that worker',
    next: ['start a task if the worker should run one'],
    commands: ['start-task <task.yaml>'],
  },
  {
    part: 'no sub task with name',
    title: 'the worker runs other tasks, but not this one',
    next: ['list its tasks and check the spelling'],
    commands: ['query-status -w <worker>'],
  },
  {
    part: 'context deadline exceeded',
    title: 'no answer came in time. The operation may still be carried out',
    next: [
      'check the state before you send the operation again',
      'sql-inject waits 30 seconds for a binlog event. It fails like this if the source is quiet',
    ],
    commands: ['query-status'],
  },
  {
    part: 'unknown service pb.Master',
    title: 'the server at that address is not a DM-master',
    next: ['check -master-addr: by default, a DM-master listens on port 8261, a worker on 8262'],
    commands: ['status'],
  },
];

/** The meaning of an innermost cause. */
const CAUSES: readonly (readonly [cause: RegExp, next: string])[] = [
  [/\bError 10(?:44|45)\b/, 'the database rejects the user or the password: check the grants, and encrypt the password again'],
  [/\bError 1(?:142|143|227)\b/, 'the database user lacks a privilege: grant it'],
  [/\bError 1062\b/, 'the target already has a row with that key: find out who wrote it, then remove or change it'],
  [/\bError 1146\b/, 'create the missing table in the target as in the source'],
  [/\bError 1(?:406|264|265|366)\b/, 'a value does not fit the column: change the column in the target to match the source'],
  [/\bError 1236\b/, 'the source no longer has that binlog: start again from a dump or at a position it still has'],
  [/connection refused/, 'nothing listens at that address: start the server or correct the address'],
  [/i\/o timeout|no route to host/, 'there is no network route to it: check the address, firewall and routes'],
  [/no such host/, 'the host name cannot be resolved there: correct it or use the IP address'],
  [
    /all SubConns are in TransientFailure|transport is closing/,
    'the process at the other end is gone: check that it runs, and see its log',
  ],
];

/** Advice about an error. Undefined if there is none. */
export function adviceOf(error: DmError): Advice | undefined {
  const text = [error.what, ...error.causes].join(': ');
  const cause = error.causes.at(-1) ?? error.what;
  const first = CAUSES.find(([pattern]) => pattern.test(cause))?.[1];
  const entry = error.code === undefined ? TEXTS.find((t) => text.includes(t.part)) : entryOf(error.code);
  if (entry) {
    const { title, next, commands = [] } = entry;
    return { of: error.code === undefined ? 'text' : 'code', title, next: first === undefined ? next : [first, ...next], commands };
  }
  const around = error.outer.findLast((o) => o.code !== undefined && entryOf(o.code));
  const range = rangeOf(error.code, error.class) ?? rangeOf(around?.code, around?.class);
  if (range) return { of: 'range', title: range.title, next: first === undefined ? range.next : [first, ...range.next], commands: [] };
  return first === undefined ? undefined : { of: 'text', title: '', next: [first], commands: [] };
}
