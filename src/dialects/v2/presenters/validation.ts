// Validation as rows: per source, per table, and the rows that differ.

import type { Column, Row, View } from '../../../presenters/view.ts';
import type {
  GetValidationErrorResponse,
  GetValidationStatusResponse,
  QueryStatusListResponse,
  ValidationStatus,
} from '../../../wire/generated/v2.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TASK' },
  { title: 'SOURCE' },
  { title: 'MODE', rank: 2 },
  { title: 'STAGE' },
  { title: 'PROCESSED', rank: 1 },
  { title: 'PENDING', rank: 1 },
  { title: 'ERRORS' },
];

/** The validations in an answer to QueryStatus. */
export function validationsOf({ sources }: Pick<QueryStatusListResponse, 'sources'>): ValidationStatus[] {
  const found: ValidationStatus[] = [];
  for (const source of sources) for (const { validation } of source.subTaskStatus) if (validation) found.push(validation);
  return found;
}

export function validationsView(validations: readonly ValidationStatus[]): View {
  return { columns: COLUMNS, rows: sorted(validations).map(row), notes: [], footer: `${validations.length} validations` };
}

/** An answer to `validation status`: the validators, with their tables as notes if something is wrong with them. */
export function validationView({ result, msg, validators = [], tableStatuses = [] }: GetValidationStatusResponse): View {
  const stopped = tableStatuses.filter((t) => t.stage !== 'Running' || t.message !== '');
  return {
    columns: COLUMNS,
    rows: sorted(validators).map(row),
    notes: [
      ...(result ? [] : [{ tone: 'bad' as const, line: msg }]),
      ...stopped.map((t) => ({ tone: 'warn' as const, line: `${t.source} ${t.srcTable}: ${String(t.stage)} ${t.message}`.trimEnd() })),
    ],
    footer: `${validators.length} validators, ${tableStatuses.length} tables`,
  };
}

const sorted = (validations: readonly ValidationStatus[]): ValidationStatus[] =>
  [...validations].sort((a, b) => (`${a.task}\0${a.source}` < `${b.task}\0${b.source}` ? -1 : 1));

function row({ task, source, mode, stage, processedRowsStatus, pendingRowsStatus, errorRowsStatus }: ValidationStatus): Row {
  const name = String(stage);
  const errors = /^new\/ignored\/resolved: ([1-9]\d*)\//.test(errorRowsStatus);
  return {
    key: `${task} ${source}`,
    name: task,
    cells: [
      task,
      source,
      mode,
      { text: name, tone: name === 'Running' ? 'good' : 'warn' },
      processedRowsStatus,
      pendingRowsStatus,
      { text: errorRowsStatus, tone: errors ? 'bad' : 'none' },
    ],
  };
}

export function validationErrorsView({ result, msg, error }: GetValidationErrorResponse): View {
  return {
    columns: [
      { title: 'ID' },
      { title: 'STATE' },
      { title: 'TABLE' },
      { title: 'TYPE', cut: true },
      { title: 'SOURCE ROW', rank: 1, cut: true },
      { title: 'TARGET ROW', rank: 1, cut: true },
      { title: 'TIME', rank: 2 },
    ],
    rows: error.map((e) => ({
      key: e.id,
      name: e.id,
      cells: [e.id, String(e.status), e.srcTable, e.errorType, e.srcData, e.dstData, e.time],
    })),
    notes: result ? [] : [{ tone: 'bad', line: msg }],
    footer: `${error.length} rows`,
  };
}
