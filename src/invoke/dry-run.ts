// --dry-run: shows what a command would send. Passwords in the text of a file are removed.

import { NOT_SENT } from '../command/errors.ts';
import { endingsOf } from '../command/file-kinds.ts';
import type { CommandSpec, Preflight } from '../command/spec.ts';
import { renderableList, renderableValue } from '../output/renderable.ts';
import type { Renderable } from '../output/renderer.ts';
import type { Row, View } from '../presenters/view.ts';
import { withoutPasswords } from '../text/passwords.ts';

/** A call as a value. */
export interface PlannedCall {
  readonly method: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The method that would be called before it. */
  readonly preflightMethod?: string;
}

/** What a command would send. Passwords in texts of files are removed. */
export function plannedCall({ method, args }: CommandSpec, request: object, before?: Preflight): PlannedCall {
  const file = args.kinds?.some((kind) => endingsOf(kind) !== undefined) ?? false;
  const fields = Object.entries(request).map(([name, value]) => [
    name,
    file && typeof value === 'string' ? withoutPasswords(value) : value,
  ]);
  return { ...(before && { preflightMethod: before.command.method }), method, request: Object.fromEntries(fields) };
}

/** One call, as it can be shown. */
export function dryRun(command: CommandSpec, request: object, address: string, before?: Preflight): [Renderable, () => string[]] {
  const sending = plannedCall(command, request, before);
  const view = (): View => ({ columns: COLUMNS, rows: [row(sending, sending.method)], footer: NOT_SENT });
  return [renderableValue(sending, view), () => [text(sending, address)]];
}

/** Many calls by the name of their task. By default their plan is shown. */
export function dryRuns(
  sendings: readonly { name: string; sending: PlannedCall }[],
  plan: readonly string[],
): [Renderable, () => string[]] {
  const rows = sendings.map(({ name, sending }) => row(sending, name));
  const values = sendings.map((s) => s.sending);
  return [
    renderableList(values, () => ({ columns: COLUMNS, rows, footer: NOT_SENT })),
    () => [[...plan, NOT_SENT].map((line) => `${line}\n`).join('')],
  ];
}

const COLUMNS = [{ title: 'METHOD' }, { title: 'REQUEST', cut: true }];

function row({ method, request }: PlannedCall, name: string): Row {
  const fields = filled(request).map(([field, value]) => `${field}=${Array.isArray(value) ? value.join(',') : value}`);
  return { key: `${method}\n${name}`, name, cells: [method, fields.join(' ')] };
}

/** The fields with values: empty fields are not on the wire. */
function filled(request: PlannedCall['request']): [string, unknown][] {
  return Object.entries(request).filter(([, v]) => v !== '' && v !== false && v !== undefined && !(Array.isArray(v) && v.length === 0));
}

/** The method and its fields. A multi-line text comes last, unquoted. */
function text({ method, request, preflightMethod }: PlannedCall, address: string): string {
  const fields = filled(request);
  const long = fields.filter(([, v]) => typeof v === 'string' && v.includes('\n'));
  const short = fields.filter(([, v]) => !(typeof v === 'string' && v.includes('\n')));
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  const pad = ' '.repeat(width + 4);
  const lines = short.map(([name, value]) => {
    const values = (Array.isArray(value) ? value : [value]).map((v) => String(v).trim().replaceAll('\n', `\n${pad}`));
    return `  ${name.padEnd(width)}  ${values.join(`\n${pad}`)}\n`;
  });
  return [
    `${method} to ${address}${preflightMethod ? `, if ${preflightMethod} passes` : ''}. ${NOT_SENT}\n`,
    ...lines,
    ...long.map(([name, value]) => `  ${name}:\n\n${String(value)}${String(value).endsWith('\n') ? '' : '\n'}`),
  ].join('');
}
