// Runs `edit`: a private copy, the editor, what changed, the check, a question, and the lines that update the task. What the
// user wrote is never lost: until everything has succeeded, the copy stays, and its path is printed.

import { InputError, Interrupted, Refusal, RpcError, UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { fetchCluster } from '../../invoke/cluster-status.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import { createLookup } from '../../invoke/lookup.ts';
import { refuseChange } from '../../invoke/submit.ts';
import { writeMessage, writeSafe } from '../../io/write-safe.ts';
import { createPrivateCopy, removePrivateCopy } from '../../platform/private-copy.ts';
import { isWindows } from '../../platform/private-files.ts';
import { changedLines } from '../../text/line-diff.ts';
import { withoutPasswords } from '../../text/passwords.ts';
import { quoteWord } from '../../text/suggested-command.ts';
import { fileError, systemReason } from '../../text/system-error.ts';
import { nameInTaskFile } from '../../text/task-file.ts';
import type { BuiltinRunContext, Runner } from '../index.ts';
import type { edit } from './command.ts';

/** What is edited: a file of the user, or the text that the master has. */
interface Original {
  /** Undefined for the text of the master. */
  readonly path: string | undefined;
  readonly bytes: Buffer;
  readonly task: string;
}

type Services = Required<Pick<BuiltinRunContext, 'runLine'>> & { readonly ask: NonNullable<RunContext['ask']> };

/** Edits. Throws Refusal without a terminal, UsageError, InputError, RpcError, Interrupted. */
export const runEdit: Runner<typeof edit> = async ({ args }, context, { runLine }) => {
  const [first = '', second] = args;
  if (second !== undefined && first !== 'task') throw new UsageError('edit takes one file, or task and the name of a task');
  const { ask, io } = context;
  if (!ask || !runLine || !io.questions || !io.stdout.isTTY) {
    throw new Refusal('edit needs a terminal. Nothing was sent. Change the file with another program, then use check-task');
  }
  refuseChange('edit', context);
  const original = second === undefined ? await fileOf(first, context) : await storedOf(second, context);
  const copy = createPrivateCopy(
    second === undefined ? 'task.yaml' : `task-${/^[\w.-]+$/.test(second) ? second : 'file'}.yaml`,
    String(original.bytes),
  );
  try {
    const done = await editAndApply(original, copy, { ...context, runLine, ask });
    if (done === EXIT_CODE.ok) removePrivateCopy(copy);
    else await say(context, `What you wrote is in ${copy}`);
    return done;
  } catch (error) {
    await say(context, `What you wrote is in ${copy}`);
    throw error;
  }
};

const say = ({ io }: RunContext, text: string): Promise<void> => writeMessage(io.stderr, `${text}\n`);

async function fileOf(path: string, { io, signal }: RunContext): Promise<Original> {
  let bytes: Buffer;
  try {
    bytes = await io.readFile(path, signal);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new InputError(`${fileError(error, path)}. Nothing was sent`);
  }
  return { path, bytes, task: nameInTaskFile(String(bytes)) };
}

async function storedOf(task: string, context: RunContext): Promise<Original> {
  const { dialect } = context.registry;
  if (!dialect.taskText)
    throw new Refusal(`${dialect.name} does not report the configuration of a task. Nothing was sent. Use edit with its file`);
  const text = await dialect.taskText(task, createLookup(context));
  if (text === undefined) throw new Refusal(`the DM-master did not return the configuration of task ${task}. Nothing was sent`);
  return { path: undefined, bytes: Buffer.from(text), task };
}

/** What DM writes in place of a password. */
const MASKED = /^[ \t-]*password[ \t]*:[ \t]*["']?\*{6}["']?[ \t]*$/m;

async function editAndApply(original: Original, copy: string, context: RunContext & Services): Promise<number> {
  const before = String(original.bytes);
  if (original.path === undefined && MASKED.test(before))
    await say(context, 'DM does not return passwords. Write them into the file, where it has ******');
  for (;;) {
    const status = await openEditor(copy, context);
    if (status !== 0) {
      await say(context, `the editor ended with ${status === undefined ? 'a signal' : `status ${status}`}. Nothing was changed`);
      return EXIT_CODE.failed;
    }
    const text = String(await context.io.readFile(copy, context.signal));
    if (text === before) {
      await say(context, 'You changed nothing. Nothing was sent');
      return EXIT_CODE.ok;
    }
    await showChanges(before, text, context);
    const problem = await problemOf(original, text, copy, context);
    if (problem === undefined) return await apply(original, text, copy, context);
    await say(context, problem);
    if (!(await context.ask('Edit again?'))) {
      await say(context, 'Nothing was changed');
      return EXIT_CODE.failed;
    }
  }
}

/** Opens the editor as git does: a command line for the shell, with the file as its last argument. */
async function openEditor(copy: string, { io, lendTerminal }: RunContext): Promise<number | undefined> {
  const editor = io.env.VISUAL || io.env.EDITOR || (isWindows ? 'notepad' : 'vi');
  const file = isWindows ? '"%DMCTL_EDIT_FILE%"' : '"$DMCTL_EDIT_FILE"';
  return await lendTerminal(() => io.runCommand(`${editor} ${file}`, { DMCTL_EDIT_FILE: copy }));
}

async function showChanges(before: string, text: string, { io }: RunContext): Promise<void> {
  const lines = changedLines(withoutPasswords(before), withoutPasswords(text));
  await writeSafe(io.stderr, lines.length === 0 ? 'Only passwords changed\n' : `${lines.join('\n')}\n`);
}

/** Why the text cannot be used; undefined if the check has passed. Lint reports its findings before the check. */
async function problemOf({ task }: Original, text: string, copy: string, context: RunContext & Services): Promise<string | undefined> {
  const name = nameInTaskFile(text);
  if (task !== '' && name !== task) return `the name of the task changed from ${task} to ${name}. That is another task. Nothing was sent`;
  if (name === '') return 'the file has no task name. Nothing was sent';
  if (MASKED.test(text)) return 'a password is still ******. Nothing was sent';
  return (await runStep(['check-task', copy], context)) === 0 ? undefined : 'The check did not pass';
}

async function apply(original: Original, text: string, copy: string, context: RunContext & Services): Promise<number> {
  const { io, ask, registry } = context;
  const task = nameInTaskFile(text);
  const { subTasks } = await stateOf(task, context);
  const state = { isPaused: subTasks.every((s) => s.stage === 'Paused'), isHeld: subTasks.every((s) => s.health === 'held') };
  const plan = subTasks.length > 0 ? registry.dialect.updatePlan(task, original.path ?? copy, state) : undefined;
  const impact = plan ? plan.impact : [`Task ${task} does not run. Only the file changes.`];
  const lines = plan?.lines ?? [];
  await writeSafe(io.stderr, [...impact, ...lines.map((words) => `  » ${lineOf(words)}`)].map((line) => `${line}\n`).join(''));
  if (
    !(await ask(original.path === undefined ? 'Run these commands?' : `Write ${original.path}${plan ? ' and run these commands' : ''}?`))
  ) {
    await say(context, 'Nothing was changed');
    return EXIT_CODE.failed;
  }
  if (original.path !== undefined) {
    try {
      await io.replaceFile(original.path, original.bytes, text);
    } catch (error) {
      await say(context, `cannot write ${original.path}: ${systemReason(error)}. Nothing was sent`);
      return EXIT_CODE.failed;
    }
  }
  return await runPlan(lines, context);
}

/** The state of the task. Throws RpcError, Interrupted. */
async function stateOf(task: string, context: RunContext): Promise<Cluster> {
  const cluster = await fetchCluster(context);
  if (cluster.refused !== '' && cluster.workers.length === 0) throw new RpcError(0, cluster.refused);
  return { ...cluster, subTasks: cluster.subTasks.filter((s) => s.task === task) };
}

/** Runs the lines until one fails, and then says what was done and what was not. */
async function runPlan(lines: readonly (readonly string[])[], context: RunContext & Services): Promise<number> {
  for (const [i, words] of lines.entries()) {
    // With the settings of the user: their warnings are shown, and at the prompt they ask themselves.
    const status = await runStep(words, context);
    if (status === 0) continue;
    const done = lines.slice(0, i).map(lineOf);
    const rest = lines.slice(i + 1).map(lineOf);
    await say(context, `${lineOf(words)} failed. Check with query-status, then continue from there`);
    if (done.length > 0) await say(context, `Done: ${done.join('; ')}`);
    if (rest.length > 0) await say(context, `Not done: ${rest.join('; ')}`);
    return status;
  }
  return EXIT_CODE.ok;
}

async function runStep(words: readonly string[], context: RunContext & Services): Promise<number> {
  await writeSafe(context.io.stderr, `» ${lineOf(words)}\n`);
  return await context.runLine(words, withOptions(context, { format: { kind: 'table' } }));
}

const lineOf = (words: readonly string[]): string => words.map(quoteWord).join(' ');
