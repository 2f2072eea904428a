// Validation: start, stop, status, errors, cutover. With the demonstrations, two rows of the first source of a task differ.

import type {
  CommonWorkerResponseInit,
  GetValidationErrorRequest,
  GetValidationStatusRequest,
  OperateValidationErrorRequest,
  StartValidationRequest,
  StopValidationRequest,
  UpdateValidationRequest,
  ValidateErrorState,
} from '../../wire/generated/v2.ts';
import { entry, shuffled } from './cluster.ts';
import { gtidSet, plainForm } from './positions.ts';
import type { RowError, Source, State, SubTask, Validator } from './state.ts';
import { targetOf } from './task-file.ts';
import { master, worker as texts } from './texts.ts';

/** Milliseconds from the start of a validator to the errors of the demonstration. */
const ERRORS_AFTER = 10_000;
/** When the position is saved for the first time, in milliseconds: meta-flush-interval. */
const SAVED_AFTER = 300_000;
const TABLE = '`shop`.`customers`';

type Pair = readonly [source: Source, task: SubTask];

/** The sub tasks of a task, or of all, on some sources, or on all. */
function meant(state: State, name: string, sources: readonly string[]): Pair[] {
  return [...state.sources.values()].flatMap((source) =>
    sources.length > 0 && !sources.includes(source.id)
      ? []
      : [...source.tasks.values()].filter((task) => name === '' || task.name === name).map((task) => [source, task] as const),
  );
}

/** Counts what the syncer has flushed, and makes the errors of the demonstration. */
export function advanceValidator(state: State, source: Source, { name, sync, validator }: SubTask): void {
  if (validator?.stage !== 'Running') return;
  validator.seen = Math.max(validator.seen, sync.done);
  validator.saved ||= state.now >= validator.began + SAVED_AFTER;
  const first = state.tasks.get(name)?.sources[0];
  if (!state.options.demos || validator.shown || source.id !== first || state.now < validator.began + ERRORS_AFTER) return;
  validator.shown = true;
  addErrors(state, source, name, validator);
}

/** Adds a row whose data differ, and one that is missing in the target. */
export function addErrors(state: State, source: Source, task: string, validator: Validator): void {
  const add = (errorType: string, srcData: string, dstData: string) =>
    validator.errors.push({
      id: validator.errors.length + 1,
      srcTable: TABLE,
      srcData,
      dstTable: targetOf(state.tasks.get(task)?.file ?? {}, source.id, TABLE),
      dstData,
      errorType,
      state: 'NewErr',
      changed: state.now,
    });
  add('Column data not matched', '[1006619, "a"]', '["1006619", "b"]');
  add('Expected rows not exist', '[2016814, "c"]', '[]');
}

/** The message before 6.2 has the mode and the time as plain fields. */
type AnyStart = StartValidationRequest & { mode?: string; fromTime?: string };

export function startValidation(state: State, request: AnyStart) {
  const { taskName, sources } = request;
  const pairs = meant(state, taskName, sources);
  if (pairs.length === 0) return failure(`cannot get subtask by task name \`${taskName}\` and sources \`[${sources.join(' ')}]\``);
  const explicit = request.mode_value !== undefined || (request.start_time_value ?? request.fromTime ?? '') !== '';
  if (explicit && pairs.every(([, task]) => task.validator)) {
    return failure("all target validator has enabled, cannot do 'validation start' with explicit mode or start-time");
  }
  for (const [, task] of pairs) {
    task.validator ??= newValidator(state, task, request.mode_value ?? request.mode ?? 'full');
    task.validator.stage = 'Running';
  }
  return { result: true, msg: 'success' };
}

const newValidator = (state: State, { sync }: SubTask, mode: string): Validator => ({
  mode,
  stage: 'Running',
  began: state.now,
  from: sync.done,
  seen: sync.done,
  errors: [],
  shown: false,
  saved: false,
  cutoverPos: '',
  cutoverGtid: '',
});

export function stopValidation(state: State, { taskName, sources }: StopValidationRequest) {
  const pairs = meant(state, taskName, sources);
  if (pairs.length === 0) return failure(`cannot get subtask by task name \`${taskName}\` and sources \`[${sources.join(' ')}]\``);
  const without = pairs.find(([, task]) => !task.validator);
  if (without) return failure(`some target validator(${without[1].name} with source ${without[0].id}) is not enabled`);
  for (const [, task] of pairs) if (task.validator) task.validator.stage = 'Stopped';
  return { result: true, msg: 'success' };
}

const failure = (msg: string) => ({ result: false, msg });

/** The text of an answer about a task without validators; undefined if it has some. */
function problem(state: State, name: string, pairs: readonly Pair[], wrap: (text: string) => string): string | undefined {
  if (pairs.length === 0) return `cannot get subtask by task name \`${name}\``;
  const without = pairs.filter(([, task]) => !task.validator);
  if (without.length === 0) return undefined;
  return shuffled(state, without)
    .map(([source]) => `${wrap(texts.noValidator(name, source.id))}; `)
    .join('');
}

/** A validator's state as query-status and validation status show it. Fields that a release does not have are left out later. */
export function validationStatus({ upstream }: Source, { name, source, sync, validator }: SubTask) {
  if (!validator) return undefined;
  const rows = validator.seen - validator.from;
  const count = (state: ValidateErrorState) => validator.errors.filter((e) => e.state === state).length;
  const errors = `new/ignored/resolved: ${count('NewErr')}/${count('IgnoredErr')}/${count('ResolvedErr')}`;
  const flushed = validator.saved || validator.errors.length > 0;
  return {
    task: name,
    source,
    mode: validator.mode,
    stage: validator.stage,
    validatorBinlog: flushed ? plainForm(sync.saved.position) : '',
    validatorBinlogGtid: flushed ? gtidSet(upstream, sync.saved.seq) : '',
    ...(validator.stage === 'Stopped' && { result: { isCanceled: true } }),
    processedRowsStatus: `insert/update/delete: ${rows}/0/0`,
    pendingRowsStatus: `insert/update/delete: ${Math.min(rows, 2)}/0/0`,
    errorRowsStatus: errors,
    allErrorRowsStatus: errors,
    cutoverBinlogPos: validator.cutoverPos,
    cutoverBinlogGtid: validator.cutoverGtid,
  };
}

export function getValidationStatus(state: State, request: GetValidationStatusRequest & { FilterStatus?: string }) {
  const { taskName } = request;
  const pairs = meant(state, taskName, []);
  const msg = problem(state, taskName, pairs, (text) => master.grpc(`rpc error: code = Unknown desc = ${text}`));
  if (msg !== undefined) return failure(msg);
  const file = state.tasks.get(taskName)?.file ?? {};
  const filter = String(request.filterStatus ?? request.FilterStatus ?? '').toLowerCase();
  const tables = pairs
    .filter(([, { validator }]) => validator && validator.seen > validator.from)
    .map(([source]) => ({
      source: source.id,
      srcTable: TABLE,
      dstTable: targetOf(file, source.id, TABLE),
      stage: 'Running' as const,
      validationStatus: 'running',
      message: '',
    }))
    .filter(() => ['', 'invalidstage', 'running'].includes(filter));
  const tableStatuses = shuffled(state, tables);
  return {
    result: true,
    validators: shuffled(
      state,
      pairs.map(([source, task]) => validationStatus(source, task)),
    ),
    tableStatuses,
    status: tableStatuses,
  };
}

export function getValidationError(state: State, { taskName, errState }: GetValidationErrorRequest) {
  const pairs = meant(state, taskName, []);
  const msg = problem(state, taskName, pairs, (text) => text);
  if (msg !== undefined) return failure(msg);
  const wanted = (e: RowError) =>
    ['InvalidErr', 'all', ''].includes(String(errState)) || e.state === errState || isUnprocessed(errState, e);
  return {
    result: true,
    error: pairs.flatMap(([source, { validator }]) =>
      (validator?.errors ?? []).filter(wanted).map(({ id, state: status, changed, ...data }) => ({
        ...data,
        id: String(id),
        source: source.id,
        status,
        time: new Date(state.options.epochMs + changed).toISOString().slice(0, 19).replace('T', ' '),
        message: '',
      })),
    ),
  };
}

/** Before 6.1 the state is a word. */
const isUnprocessed = (errState: unknown, e: RowError): boolean =>
  (errState === 'unprocessed' && e.state === 'NewErr') || (errState === 'ignored' && e.state === 'IgnoredErr');

export function operateValidationError(state: State, { op, isAllError, taskName, errId }: OperateValidationErrorRequest) {
  const pairs = meant(state, taskName, []);
  const msg = problem(state, taskName, pairs, (text) => text);
  if (msg !== undefined) return failure(msg);
  const isMeant = (e: RowError) => isAllError || BigInt(e.id) === BigInt(errId || 0);
  for (const [, { validator }] of pairs) {
    if (!validator) continue;
    if (op === 'ClearErrOp') validator.errors = validator.errors.filter((e) => !isMeant(e));
    else {
      for (const e of validator.errors.filter(isMeant)) {
        e.state = op === 'IgnoreErrOp' ? 'IgnoredErr' : 'ResolvedErr';
        e.changed = state.now;
      }
    }
  }
  return { result: true };
}

export function updateValidation(state: State, { taskName, sources, binlogPos, binlogGTID }: UpdateValidationRequest) {
  const pairs = meant(state, taskName, sources);
  if (pairs.length === 0) return failure(`cannot get subtask by task name \`${taskName}\` and sources \`[${sources.join(' ')}]\``);
  const entries = pairs.map(([source, { validator }]): CommonWorkerResponseInit => {
    const needed = source.enableGtid ? 'gtid' : 'pos';
    if ((source.enableGtid ? binlogGTID : binlogPos) === '') {
      return entry(source.id, '', `source ${source.id} didn't specify cutover-binlog-${needed} when enableGTID is ${source.enableGtid}`);
    }
    if (!validator) return entry(source.id, '', texts.noValidator(taskName, source.id));
    validator.cutoverPos = source.enableGtid ? '(, 0)' : binlogPos;
    validator.cutoverGtid = binlogGTID;
    return entry(source.id, source.worker ?? '');
  });
  return { result: true, sources: entries };
}
