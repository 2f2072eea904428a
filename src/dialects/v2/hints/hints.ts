// Hints after answers of DM 2.0 and later: what to look at next.

import type { ParsedArgs } from '../../../command/spec.ts';
import { suggest } from '../../../text/suggested-command.ts';
import type {
  CheckTaskResponse,
  HandleErrorResponse,
  OperateTaskResponse,
  QueryStatusListResponse,
  StartTaskResponse,
  StartValidationResponse,
  UnlockDDLLockResponse,
} from '../../../wire/generated/v2.ts';

const succeeded = ({ result, sources }: { readonly result: boolean; readonly sources: readonly { readonly result: boolean }[] }): boolean =>
  result && sources.every((s) => s.result);

export function afterStart(answer: StartTaskResponse, task: string): string[] {
  if (!succeeded(answer)) return answer.checkResult !== '' ? ['the pre-check failed: -output table shows its items, with what to do'] : [];
  return [`to wait until the task replicates: ${suggest('wait --for running <task>', { task })}`];
}

export function afterCheck({ result }: CheckTaskResponse): string[] {
  return result ? [] : ['-output table shows each item of the check, with what to do'];
}

export function afterOperation(
  operation: 'pause' | 'resume' | 'stop',
  { args }: ParsedArgs<unknown>,
  answer: OperateTaskResponse,
): string[] {
  const task = args[0] ?? '';
  if (!succeeded(answer)) return [`look at the state before you repeat it: ${suggest('query-status <task>', { task })}`];
  return operation === 'resume' ? [`an error can stop it again: ${suggest('query-status <task>', { task })}`] : [];
}

export function afterQueryStatus(answer: QueryStatusListResponse): string[] {
  const hints: string[] = [];
  for (const source of answer.sources) {
    for (const subTask of source.subTaskStatus) {
      const error = subTask.result?.errors[0];
      if (error) hints.push(`what error ${error.ErrCode} means: explain ${error.ErrCode}`);
      if (subTask.sync && subTask.sync.blockingDDLs.length > 0) hints.push('a task waits for a DDL lock: shard-ddl-lock shows it');
    }
  }
  return [...new Set(hints)].slice(0, 3);
}

export function afterUnlock({ result }: UnlockDDLLockResponse): string[] {
  return result
    ? ['a source that reaches the statements later creates a new lock: shard-ddl-lock shows it']
    : ['shard-ddl-lock lists the locks'];
}

export function afterEvent(task: string, answer: HandleErrorResponse): string[] {
  return succeeded(answer) ? [`the task resumes by itself: ${suggest('query-status <task>', { task })}`] : [];
}

export function afterValidationStart({ result }: StartValidationResponse): string[] {
  return result ? ['errors appear after some minutes: validation status shows the counts'] : [];
}
