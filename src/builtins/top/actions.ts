// Runs a command for a row of top, on the normal screen: it shows the line, asks, runs it like any other line, and waits for a
// key, so that the answer can be read.

import type { TaskAction } from '../../command/spec.ts';
import { Keyboard } from '../../full-screen/keyboard.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import { createLookup } from '../../invoke/lookup.ts';
import type { Output, TerminalIO } from '../../io/io.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { isPastable, quoteWord } from '../../text/suggested-command.ts';
import type { BuiltinRunContext } from '../index.ts';
import type { Subject } from './rows.ts';
import type { ClusterState } from './totals.ts';

/** Returns what was done, in one line. */
export async function runAction(
  { action, subject }: { readonly action: TaskAction; readonly subject: Subject },
  data: ClusterState,
  context: RunContext,
  { runLine }: BuiltinRunContext,
): Promise<string> {
  const { io, ask, registry } = context;
  if (!runLine || !ask) return 'this needs a terminal for questions';
  const words = await lineFor(action, subject, data, context);
  if (typeof words === 'string') return words;
  const line = words.map(quoteWord).join(' ');
  await writeSafe(io.stderr, `» ${line}\n`);
  // A command that describes its impact asks itself. The others must not run because of one key.
  const command = registry.dialect.commands.find((c) => words.slice(0, c.name.split(' ').length).join(' ') === c.name);
  if (!command?.impact && !(await ask('Run it?'))) return `not run: ${line}`;
  const status = await runLine(words, withOptions(context, { confirmImpact: true, yes: false, format: { kind: 'table' } }));
  if (io.terminal) await anyKey(io.terminal, io.stderr);
  return `${line}: ${status === 0 ? 'done' : `exit status ${status}`}`;
}

/** Waits, so that the user can read what was printed. */
async function anyKey(terminal: TerminalIO, stderr: Output): Promise<void> {
  await stderr.write('Press any key to return to top\n');
  let keyboard: Keyboard | undefined;
  await new Promise<void>((resolve) => {
    keyboard = new Keyboard(terminal, () => resolve());
  });
  await keyboard?.close();
}

/** The words of the line, or why there is none. */
async function lineFor(action: TaskAction, subject: Subject, data: ClusterState, context: RunContext): Promise<readonly string[] | string> {
  const { task, subTasks, isTask } = subject;
  const targets = isTask ? [] : subTasks.map((s) => s.target);
  const lock = lockOf(subject, data);
  const position = action === 'skip' ? await positionOf(subject, context) : '';
  const words = context.registry.dialect.taskCommand(action, { task, targets, lock, position });
  if (!words)
    return action === 'unlock'
      ? `${task} waits for no DDL lock`
      : 'select the row of the sub task with the error: skipping needs its worker';
  if (!isPastable('task', task)) return 'the name of this task cannot be typed on a command line';
  return words;
}

function lockOf({ task, subTasks }: Subject, { locks = [] }: ClusterState): string {
  const waiting = subTasks.find((s) => s.lock !== '')?.lock;
  return waiting ?? locks.find((one) => one.task === task)?.id ?? '';
}

/** The position of the only error of a sub task; empty if there is none, or several. */
async function positionOf({ task, subTasks, isTask }: Subject, context: RunContext): Promise<string> {
  if (isTask) return '';
  const { positionQuery } = context.registry.dialect;
  const request = positionQuery.request(
    task,
    subTasks.map((s) => s.target),
  );
  const answer = await createLookup(context)(positionQuery.method, request);
  const found = new Set(answer === undefined ? [] : positionQuery.read(answer as never));
  return found.size === 1 ? ([...found][0] ?? '') : '';
}
