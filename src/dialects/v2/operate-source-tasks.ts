// Pauses, resumes or stops all tasks of a source: asks which there are, then makes one call per task, several at a time.

import { InputError, Refusal } from '../../command/errors.ts';
import type { ParsedArgs, StepContext, Steps } from '../../command/spec.ts';
import type { OperateTaskResponse, QueryStatusListResponse, TaskOp } from '../../wire/generated/v2.ts';

/** Whether a line is for a whole source: it names no task, and asks for no tasks by other flags. */
export function ofWholeSource({ args, flags }: ParsedArgs<unknown>): boolean {
  const { all, problems } = flags as { readonly all?: boolean; readonly problems?: boolean };
  return args.length === 0 && !all && !problems;
}

/** The calls for the whole source of a line. Throws InputError for a line with no source or several, and for a batch of none. */
export function wholeSource(parsed: ParsedArgs<{ readonly batchSize: number }>, op: TaskOp): Steps {
  const { targets, flags } = parsed;
  if (targets.length === 0) throw new InputError('must give one source-name when task-name/task-conf is not specified');
  if (targets.length > 1) throw new InputError('can give only one source-name when task-name/task-conf is not specified');
  if (flags.batchSize < 1) throw new Refusal(`invalid --batch-size ${flags.batchSize}: use a number from 1. Nothing was sent`);
  const source = targets[0] as string;
  return async (context) => {
    const status = (await context.call('QueryStatus', { sources: [source] })) as QueryStatusListResponse;
    const tasks = tasksOf(status);
    const problems = status.sources.filter((s) => !s.result).map((s) => s.msg);
    const reason = status.sources.length === 0 ? `the DM-master reports no source ${source}. Nothing was done` : '';
    if (!status.result || reason !== '') {
      if (reason !== '') await context.note(reason);
      return { value: { result: false, msg: status.msg, tasks: [] }, failed: true };
    }
    const results = await operateAll(tasks, source, op, flags.batchSize, context);
    if (problems.length > 0) await context.note(`source ${source}: ${problems.join('; ')}`);
    else if (tasks.length === 0) await context.note(`source ${source} has no tasks. Nothing was done`);
    const failed = problems.length > 0 || results.some((r) => !succeeded(r));
    return { value: { result: true, msg: '', tasks: results.sort((a, b) => (a.task < b.task ? -1 : 1)).map(shown) }, failed };
  };
}

interface TaskResult {
  readonly task: string;
  readonly op: string;
  readonly result: boolean;
  readonly msg: string;
  /** Null if the call failed. */
  readonly sources: OperateTaskResponse['sources'] | null;
}

/** The tasks of the source in the order of the answer. */
const tasksOf = ({ sources }: QueryStatusListResponse): string[] =>
  sources.flatMap((s) => s.subTaskStatus.filter((t) => t.name !== '').map((t) => t.name));

async function operateAll(
  tasks: readonly string[],
  source: string,
  op: TaskOp,
  batchSize: number,
  context: StepContext,
): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  const queue = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      results.push(await operateOne(task, source, op, context));
    }
  };
  await Promise.all(Array.from({ length: Math.min(batchSize, tasks.length) }, work));
  return results;
}

/** One call. A failed call is a result of its task, so that the other tasks are reported too. */
async function operateOne(task: string, source: string, op: string, context: StepContext): Promise<TaskResult> {
  try {
    const answer = (await context.call('OperateTask', { op, name: task, sources: [source] })) as OperateTaskResponse;
    return { task, op: String(answer.op), result: answer.result, msg: answer.msg, sources: answer.sources };
  } catch (error) {
    return { task, op, result: false, msg: (error as Error).message, sources: null };
  }
}

const succeeded = ({ result, sources }: TaskResult): boolean => result && (sources ?? []).every((s) => s.result);

/** A result as the original prints it: empty fields of a source are left out. */
function shown({ task, op, result, msg, sources }: TaskResult): object {
  const present = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== '' && v !== false));
  return {
    task,
    op,
    result,
    msg,
    sources:
      sources === null
        ? null
        : sources.map(({ result: ok, msg: text, source, worker }) => present({ result: ok, msg: text, source, worker })),
  };
}
